import * as tf from '@tensorflow/tfjs-core';
import type { OneHotAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

/** Rows of zeros and a one, as float32; tfjs's own, which writes the bits of int32 whatever is asked for, keeps int32. */
export const oneHot: FasterKernel = {
  kernelName: tf.OneHot,
  canRun: ({ attrs }) => (attrs as unknown as OneHotAttrs).dtype === 'float32',
  kernelFunc({ inputs, attrs, backend }) {
    const { indices } = inputs as { indices: TensorInfo };
    const { depth, onValue, offValue } = attrs as unknown as OneHotAttrs;
    const out = (backend as BackendWasm).makeOutput([...indices.shape, depth], 'float32');
    const rows = tf.util.sizeFromShape(indices.shape);
    if (rows > 0) runOwn('oneHot', rows, depth, onValue, offValue, indices, out);
    return out;
  },
};
