import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';
import { binaryOperation } from '#src/engine/kernels/operations.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'a' | 'b', TensorInfo>;

/** How two tensors are read as rows and columns: each is the same in all rows, or all columns, or in neither. */
interface Broadcast {
  rows: number;
  columns: number;
  /** The row stride and the column stride of `a`, then those of `b`. */
  strides: [number, number, number, number];
}

/**
 * Sums, differences, products and quotients. tfjs's own takes ten times as long where a row is added to every row (a
 * bias) or a column to every column.
 */
export const binary: readonly FasterKernel[] = (
  [
    [tf.Add, binaryOperation.add],
    [tf.Sub, binaryOperation.sub],
    [tf.Multiply, binaryOperation.mul],
    [tf.RealDiv, binaryOperation.div],
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
    const out = (backend as BackendWasm).makeOutput(shape, 'float32');
    const { rows, columns, strides } = broadcastOf(a.shape, b.shape) as Broadcast;
    const [aRow, aColumn, bRow, bColumn] = strides;
    runOwn('binary', operation, rows, columns, a, aRow, aColumn, b, bRow, bColumn, out);
    return out;
  },
}));

/** @returns undefined where two axes are not enough to say it, or nothing is to be computed. */
function broadcastOf(a: readonly number[], b: readonly number[]): Broadcast | undefined {
  const rank = Math.max(a.length, b.length);
  const left = [...Array<number>(rank - a.length).fill(1), ...a];
  const right = [...Array<number>(rank - b.length).fill(1), ...b];
  const shape = left.map((size, axis) => (size === 1 ? (right[axis] ?? 1) : size));
  if (shape.includes(0)) return undefined;
  for (let axis = 0; axis <= rank; axis += 1) {
    const columns = tf.util.sizeFromShape(shape.slice(axis));
    const ofA = stridesOf(left, shape, axis, columns);
    const ofB = stridesOf(right, shape, axis, columns);
    if (ofA === undefined || ofB === undefined) continue;
    return { rows: tf.util.sizeFromShape(shape.slice(0, axis)), columns, strides: [...ofA, ...ofB] };
  }
  return undefined;
}

/** Of one tensor, if the axes before `axis` are rows and those from it on are columns. */
function stridesOf(
  own: readonly number[],
  shape: readonly number[],
  axis: number,
  columns: number,
): [number, number] | undefined {
  const inColumns = part(own.slice(axis), shape.slice(axis));
  const inRows = part(own.slice(0, axis), shape.slice(0, axis));
  if (inColumns === undefined || inRows === undefined) return undefined;
  const width = inColumns === 'whole' ? columns : 1;
  return [inRows === 'whole' ? width : 0, inColumns === 'whole' ? 1 : 0];
}

/** Whether these axes of a tensor are all there, or all of size 1. */
function part(own: readonly number[], shape: readonly number[]): 'whole' | 'one' | undefined {
  if (own.every((size, axis) => size === shape[axis])) return 'whole';
  return own.every((size) => size === 1) ? 'one' : undefined;
}
