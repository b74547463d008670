import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { broadcastOf } from '#src/engine/kernels/broadcast.ts';
import type { Broadcast } from '#src/engine/kernels/broadcast.ts';
import { runOwn } from '#src/engine/kernels/heap.ts';
import { comparison } from '#src/engine/kernels/operations.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'a' | 'b', TensorInfo>;

/** Comparisons of float32, four at once; the gradient of a leaky ReLU begins with one. */
export const comparisons: readonly FasterKernel[] = (
  [
    [tf.Greater, comparison.greater],
    [tf.GreaterEqual, comparison.greaterEqual],
    [tf.Less, comparison.less],
    [tf.LessEqual, comparison.lessEqual],
    [tf.Equal, comparison.equal],
  ] as const
).map(([kernelName, operation]) => ({
  kernelName,
  canRun({ inputs }) {
    const { a, b } = inputs as Inputs;
    return a.dtype === 'float32' && b.dtype === 'float32' && broadcastOf(a.shape, b.shape) !== undefined;
  },
  kernelFunc({ inputs, backend }) {
    const { a, b } = inputs as Inputs;
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const out = (backend as BackendWasm).makeOutput(shape, 'bool');
    const { rows, columns, strides } = broadcastOf(a.shape, b.shape) as Broadcast;
    const [aRow, aColumn, bRow, bColumn] = strides;
    runOwn('compare', operation, rows, columns, a, aRow, aColumn, b, bRow, bColumn, out);
    return out;
  },
}));
