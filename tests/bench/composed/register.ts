/**
 * The baseline of the bench: tfjs's WASM backend made able to train by compositions of kernels that it has, as the
 * book's first page had it. Kept as it was then, so that later tables compare with the same thing.
 */
import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelFunc } from '@tensorflow/tfjs-core';
import { conv2dBackpropFilter } from './conv2dFilterGradient.ts';
import { conv2dBackpropInput } from './conv2dInputGradient.ts';
import { maxPoolGrad } from './maxPoolGradient.ts';
import { unsortedSegmentSum } from './unsortedSegmentSum.ts';

/** A kernel that takes the place of tfjs's own wherever `canRun` allows it. */
export interface FasterKernel {
  kernelName: string;
  canRun(this: void, params: Parameters<KernelFunc>[0]): boolean;
  kernelFunc: KernelFunc;
}

export function registerComposedKernels(): void {
  for (const kernel of [conv2dBackpropFilter, unsortedSegmentSum]) registerKernel(kernel);
  for (const kernel of [conv2dBackpropInput, maxPoolGrad]) replace(kernel);
}

function replace({ kernelName, canRun, kernelFunc }: FasterKernel): void {
  const stock = getKernel(kernelName, 'wasm');
  unregisterKernel(kernelName, 'wasm');
  registerKernel({
    ...stock,
    kernelFunc: (params) => (canRun(params) ? kernelFunc(params) : stock.kernelFunc(params)),
  });
}
