import * as tf from '@tensorflow/tfjs-core';
import type { Calls, Device } from '../job.ts';
import type { Workload } from '../workloads/workload.ts';

/** Counts what the third step asks of the backend: the first two compile, and make what stays. */
export async function countCalls(device: Device, workload: Workload): Promise<Calls> {
  for (let step = 0; step < 2; step++) workload.step();
  await workload.readLoss();
  const calls: Calls = { kernels: {}, submitted: 0, peakBytes: 0 };
  watchKernels(device, calls);
  watchDriver(calls);
  workload.step();
  await workload.readLoss();
  return calls;
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
        const result = kernelFunc(params);
        calls.peakBytes = Math.max(calls.peakBytes, tf.engine().memory().numBytes);
        return result;
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
