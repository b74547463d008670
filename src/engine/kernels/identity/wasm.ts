import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

/**
 * A clone shares its tensor's memory, as on tfjs's other backends. tfjs's own copies it, and every gradient that saves
 * a tensor clones.
 */
export const identity: FasterKernel = {
  kernelName: tf.Identity,
  canRun: ({ inputs }) => (inputs as { x: TensorInfo }).x.dtype !== 'string',
  kernelFunc({ inputs, backend }) {
    const { dataId, shape, dtype } = (inputs as { x: TensorInfo }).x;
    (backend as BackendWasm).incRef(dataId);
    return { dataId, shape, dtype };
  },
};
