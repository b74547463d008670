import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc } from '@tensorflow/tfjs-core';
import { gruKernels as gruOnWebgl } from './gru/webgl.ts';
import { gruKernels as gruOnWebgpu } from './gru/webgpu.ts';
import { lstmKernels as lstmOnWebgl } from './lstm/webgl.ts';
import { lstmKernels as lstmOnWebgpu } from './lstm/webgpu.ts';
import { optimizerUpdate as optimizerUpdateOnWebgl } from './optimizer-update/webgl.ts';
import { optimizerUpdate as optimizerUpdateOnWebgpu } from './optimizer-update/webgpu.ts';
import type { FasterKernel } from './register.ts';
import { simpleRnnKernels as simpleRnnOnWebgl } from './simple-rnn/webgl.ts';
import { simpleRnnKernels as simpleRnnOnWebgpu } from './simple-rnn/webgpu.ts';
import { unsortedSegmentSum } from './unsorted-segment-sum/webgpu.ts';

const operations: readonly KernelConfig[] = [
  optimizerUpdateOnWebgl,
  optimizerUpdateOnWebgpu,
  ...gruOnWebgl,
  ...gruOnWebgpu,
  ...lstmOnWebgl,
  ...lstmOnWebgpu,
  ...simpleRnnOnWebgl,
  ...simpleRnnOnWebgpu,
];

/** Kernels that take the place of WebGPU's own. */
const better: readonly FasterKernel[] = [unsortedSegmentSum];

const ours = new Set<KernelFunc>();

/** Gives tfjs's WebGPU and WebGL backends, as far as they are loaded, the operations of ours. Safe to call again. */
export function registerGpuKernels(): void {
  for (const kernel of operations) {
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
  }
  for (const kernel of better) replaceOnWebgpu(kernel);
}

function replaceOnWebgpu({ kernelName, canRun, kernelFunc }: FasterKernel): void {
  const stock = getKernel(kernelName, 'webgpu') as KernelConfig | undefined;
  if (stock === undefined || ours.has(stock.kernelFunc)) return;
  const run: KernelFunc = (params) => (canRun(params) ? kernelFunc(params) : stock.kernelFunc(params));
  ours.add(run);
  unregisterKernel(kernelName, 'webgpu');
  registerKernel({ ...stock, kernelFunc: run });
}
