import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { optimizerUpdate as optimizerUpdateOnWebgl } from './optimizer-update/webgl.ts';
import { optimizerUpdate as optimizerUpdateOnWebgpu } from './optimizer-update/webgpu.ts';

const operations: readonly KernelConfig[] = [optimizerUpdateOnWebgl, optimizerUpdateOnWebgpu];

/** Gives tfjs's WebGPU and WebGL backends the operations of ours. Safe to call again. */
export function registerGpuKernels(): void {
  for (const kernel of operations) {
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
  }
}
