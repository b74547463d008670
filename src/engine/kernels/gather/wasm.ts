import * as tf from '@tensorflow/tfjs-core';
import type { GatherV2Attrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { integersOf, runOwn } from '#src/engine/kernels/heap.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'x' | 'indices', TensorInfo>;

/**
 * Rows looked up in a table (an embedding), or other parts along one axis, without batch axes. tfjs's own copies number
 * by number.
 */
export const gather: FasterKernel = {
  kernelName: tf.GatherV2,
  canRun({ inputs, attrs }) {
    const { x, indices } = inputs as Inputs;
    const { batchDims } = attrs as unknown as GatherV2Attrs;
    const isPlain = (x.dtype === 'float32' || x.dtype === 'int32') && indices.dtype === 'int32' && batchDims === 0;
    return isPlain && tf.util.sizeFromShape(x.shape) > 0 && tf.util.sizeFromShape(indices.shape) > 0;
  },
  kernelFunc({ inputs, attrs, backend }) {
    const { x, indices } = inputs as Inputs;
    const [axis = 0] = tf.util.parseAxisParam((attrs as unknown as GatherV2Attrs).axis, x.shape);
    const size = x.shape[axis] ?? 0;
    const outside = integersOf(indices).find((index) => index < 0 || index >= size);
    if (outside !== undefined) throw new Error(`GatherV2: the index value ${outside} is not in [0, ${size - 1}]`);
    const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
    const out = (backend as BackendWasm).makeOutput([...before, ...indices.shape, ...after], x.dtype);
    const [parts, columns, places] = [before, after, indices.shape].map(tf.util.sizeFromShape);
    runOwn('gather', parts ?? 1, size, columns ?? 1, places ?? 1, x, indices, out);
    return out;
  },
};
