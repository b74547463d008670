import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc } from '@tensorflow/tfjs-core';
import { avgPoolGrad } from './avg-pool-grad/wasm.ts';
import { batchMatMul } from './batch-mat-mul/wasm.ts';
import { binary } from './binary/wasm.ts';
import { comparisons } from './comparison/wasm.ts';
import { conv2dBackpropFilter } from './conv2d-backprop-filter/wasm.ts';
import { conv2dBackpropInput } from './conv2d-backprop-input/wasm.ts';
import { conv2d } from './conv2d/wasm.ts';
import { depthwiseConv2dGradients } from './depthwise-conv2d-gradient/wasm.ts';
import { fusedMatMul } from './fused-mat-mul/wasm.ts';
import { gather } from './gather/wasm.ts';
import { gruKernels } from './gru/wasm.ts';
import { identity } from './identity/wasm.ts';
import { lstmKernels } from './lstm/wasm.ts';
import { maxPoolGrad } from './max-pool-grad/wasm.ts';
import { oneHot } from './one-hot/wasm.ts';
import { optimizerUpdate } from './optimizer-update/wasm.ts';
import { select } from './select/wasm.ts';
import { simpleRnnKernels } from './simple-rnn/wasm.ts';
import { sums } from './sum/wasm.ts';
import { unary } from './unary/wasm.ts';
import { unsortedSegmentSum } from './unsorted-segment-sum/wasm.ts';

/** A kernel that takes the place of tfjs's own wherever `canRun` allows it. */
export interface FasterKernel {
  kernelName: string;
  canRun(this: void, params: Parameters<KernelFunc>[0]): boolean;
  kernelFunc: KernelFunc;
}

const missing: readonly KernelConfig[] = [conv2dBackpropFilter, ...depthwiseConv2dGradients, unsortedSegmentSum];
const faster: readonly FasterKernel[] = [
  avgPoolGrad,
  batchMatMul,
  ...binary,
  ...comparisons,
  ...conv2d,
  conv2dBackpropInput,
  fusedMatMul,
  gather,
  identity,
  maxPoolGrad,
  oneHot,
  select,
  ...sums,
  ...unary,
];

/** Operations of ours, which tfjs does not know; every one needs our module. */
const operations: readonly KernelConfig[] = [optimizerUpdate, ...gruKernels, ...lstmKernels, ...simpleRnnKernels];

let isRegistered = false;

/** Gives tfjs's WASM backend the kernels it lacks for training, and faster ones for its slowest. Safe to call again. */
export function registerWasmKernels(): void {
  if (isRegistered) return;
  isRegistered = true;
  for (const kernel of missing) {
    if (getKernel(kernel.kernelName, 'wasm') !== undefined) unregisterKernel(kernel.kernelName, 'wasm');
    registerKernel(kernel);
  }
  for (const kernel of faster) replace(kernel);
}

/** Gives tfjs's WASM backend the operations of ours, once our module is on its heap. Safe to call again. */
export function registerWasmOperations(): void {
  for (const kernel of operations) {
    if (getKernel(kernel.kernelName, 'wasm') === undefined) registerKernel(kernel);
  }
}

function replace({ kernelName, canRun, kernelFunc }: FasterKernel): void {
  const stock = getKernel(kernelName, 'wasm') as KernelConfig | undefined;
  if (stock === undefined) return;
  unregisterKernel(kernelName, 'wasm');
  registerKernel({
    ...stock,
    kernelFunc: (params) => (canRun(params) ? kernelFunc(params) : stock.kernelFunc(params)),
  });
}
