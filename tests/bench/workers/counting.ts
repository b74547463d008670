import * as tf from '@tensorflow/tfjs-core';
import type { Calls, Device } from '../job.ts';
import { watchHeap } from './memory.ts';
import type { Subject } from './timing.ts';

/** Counts what a step asks of the backend, once `before` steps have compiled, and made what stays. */
export async function countCalls(device: Device, start: () => Subject, before = 3): Promise<Calls> {
  const heap = device === 'wasm' ? watchHeap() : undefined;
  const subject = start();
  for (let step = 0; step < before; step++) await subject.step();
  await subject.readLoss();
  const calls: Calls = { kernels: {}, submitted: 0 };
  watchKernels(device, calls);
  watchDriver(calls);
  const peakBytesBefore = heap?.peak() ?? 0;
  heap?.forgetPeak();
  await subject.step();
  await subject.readLoss();
  return { ...calls, ...(heap && { peakBytes: heap.peak(), peakBytesBefore }) };
}

/** Every kernel of the backend through a function that counts. Kernels that call another through tfjs count both. */
function watchKernels(device: Device, calls: Calls): void {
  for (const kernel of tf.getKernelsForBackend(device)) {
    const { kernelName, kernelFunc } = kernel;
    tf.unregisterKernel(kernelName, device);
    tf.registerKernel({
      ...kernel,
      kernelFunc(params) {
        calls.kernels[kernelName] = (calls.kernels[kernelName] ?? 0) + 1;
        return kernelFunc(params);
      },
    });
  }
}

function watchDriver(calls: Calls): void {
  const watch = (prototype: object | undefined, names: readonly string[]) => {
    if (prototype === undefined) return;
    const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
    for (const name of names) {
      const plain = methods[name];
      if (plain === undefined) continue;
      methods[name] = function (this: unknown, ...args: unknown[]) {
        calls.submitted += 1;
        return plain.apply(this, args);
      };
    }
  };
  const { GPUComputePassEncoder: webgpu, WebGL2RenderingContext: webgl } = globalThis as {
    GPUComputePassEncoder?: { prototype: object };
    WebGL2RenderingContext?: { prototype: object };
  };
  watch(webgpu?.prototype, ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect']);
  watch(webgl?.prototype, ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']);
}
