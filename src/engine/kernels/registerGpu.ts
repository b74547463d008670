import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { gruKernels as gruOnWebgl } from './gru/webgl.ts';
import { gruKernels as gruOnWebgpu } from './gru/webgpu.ts';
import { lstmKernels as lstmOnWebgl } from './lstm/webgl.ts';
import { lstmKernels as lstmOnWebgpu } from './lstm/webgpu.ts';
import { optimizerUpdate as optimizerUpdateOnWebgl } from './optimizer-update/webgl.ts';
import { optimizerUpdate as optimizerUpdateOnWebgpu } from './optimizer-update/webgpu.ts';
import { simpleRnnKernels as simpleRnnOnWebgl } from './simple-rnn/webgl.ts';
import { simpleRnnKernels as simpleRnnOnWebgpu } from './simple-rnn/webgpu.ts';

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

/** Gives tfjs's WebGPU and WebGL backends the operations of ours. Safe to call again. */
export function registerGpuKernels(): void {
  for (const kernel of operations) {
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
  }
}
