import * as tf from '@tensorflow/tfjs-core';
import type { BatchMatMulAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn, scratch } from '#src/engine/kernels/heap.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'a' | 'b', TensorInfo>;

/** One factor of a batch of products: rows and columns as they take part, and how many numbers lie between two. */
interface Factor {
  batch: number;
  rows: number;
  columns: number;
  batchStride: number;
  rowStride: number;
  columnStride: number;
}

/**
 * The product of two matrices or of two batches of them. tfjs's own sends a transposed factor, which every gradient
 * has, to a scalar loop that takes 15 times as long.
 */
export const batchMatMul: FasterKernel = {
  kernelName: tf.BatchMatMul,
  canRun({ inputs }) {
    const { a, b } = inputs as Inputs;
    return a.dtype === 'float32' && b.dtype === 'float32' && hasOneBatch(a, b);
  },
  kernelFunc({ inputs, attrs, backend }) {
    const { a, b } = inputs as Inputs;
    const { transposeA, transposeB } = attrs as unknown as BatchMatMulAttrs;
    const left = factor(a, transposeA);
    const right = factor(b, transposeB);
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const out = (backend as BackendWasm).makeOutput([...batch, left.rows, right.columns], 'float32');
    if (tf.util.sizeFromShape(out.shape) === 0) return out;
    runOwn(
      'multiplyBatch',
      Math.max(left.batch, right.batch),
      left.rows,
      right.columns,
      left.columns,
      a,
      left.batchStride,
      left.rowStride,
      left.columnStride,
      b,
      right.batchStride,
      right.rowStride,
      right.columnStride,
      out,
      scratch(4 * left.columns * (right.columns + 7)),
    );
    return out;
  },
};

/** Whether the two have the same batch, or one of them has but one matrix for all. */
function hasOneBatch(a: TensorInfo, b: TensorInfo): boolean {
  const [left, right] = [a, b].map(({ shape }) => shape.slice(0, -2));
  return String(left) === String(right) || [left, right].some((batch = []) => batch.every((size) => size === 1));
}

function factor({ shape }: TensorInfo, isTransposed: boolean): Factor {
  const [height = 1, width = 1] = shape.slice(-2);
  const batch = tf.util.sizeFromShape(shape.slice(0, -2));
  const batchStride = batch === 1 ? 0 : height * width;
  return isTransposed
    ? { batch, rows: width, columns: height, batchStride, rowStride: 1, columnStride: width }
    : { batch, rows: height, columns: width, batchStride, rowStride: width, columnStride: 1 };
}
