import { broadcast_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn, scratch } from './heap.ts';

/** One factor of a batch of products: rows and columns as they take part, and how many numbers lie between two. */
interface Factor {
  batch: number;
  rows: number;
  columns: number;
  batchStride: number;
  rowStride: number;
  columnStride: number;
}

export interface Product {
  a: TensorInfo;
  b: TensorInfo;
  transposeA: boolean;
  transposeB: boolean;
  bias?: TensorInfo | undefined;
  activation?: number;
  alpha?: number;
}

/**
 * Whether our kernel takes the two: float32 matrices that fit together, and the same batch, or one matrix for all of
 * the other's.
 */
export function isPlainProduct({ a, b, transposeA, transposeB }: Product): boolean {
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || a.shape.length < 2 || b.shape.length < 2) return false;
  if (a.shape.at(transposeA ? -2 : -1) !== b.shape.at(transposeB ? -1 : -2)) return false;
  return isSameBatch(a.shape, b.shape) || isOneMatrix(a.shape) || isOneMatrix(b.shape);
}

function isSameBatch(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => axis >= a.length - 2 || size === b[axis]);
}

function isOneMatrix(shape: readonly number[]): boolean {
  return shape.every((size, axis) => axis >= shape.length - 2 || size === 1);
}

/** The product of two matrices or of two batches of them, and what follows on it: a bias, an activation. */
export function product(backend: BackendWasm, { a, b, transposeA, transposeB, bias, ...after }: Product): TensorInfo {
  const left = factor(a, transposeA);
  const right = factor(b, transposeB);
  const batch = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = backend.makeOutput([...batch, left.rows, right.columns], 'float32');
  if (util.sizeFromShape(out.shape) === 0) return out;
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
    bias ?? null,
    after.activation ?? 0,
    after.alpha ?? 0,
    out,
    scratch(4 * left.columns * (right.columns + 7)),
  );
  return out;
}

function factor({ shape }: TensorInfo, isTransposed: boolean): Factor {
  const [height = 1, width = 1] = shape.slice(-2);
  const batch = util.sizeFromShape(shape.slice(0, -2));
  const batchStride = batch === 1 ? 0 : height * width;
  return isTransposed
    ? { batch, rows: width, columns: height, batchStride, rowStride: 1, columnStride: width }
    : { batch, rows: height, columns: width, batchStride, rowStride: width, columnStride: 1 };
}
