import { util } from '@tensorflow/tfjs-core';

/** How two tensors are read as rows and columns: each is the same in all rows, or all columns, or in neither. */
export interface Broadcast {
  rows: number;
  columns: number;
  /** The row stride and the column stride of `a`, then those of `b`. */
  strides: [number, number, number, number];
}

/** @returns undefined where two axes are not enough to say it, or nothing is to be computed. */
export function broadcastOf(a: readonly number[], b: readonly number[]): Broadcast | undefined {
  const rank = Math.max(a.length, b.length);
  const left = [...Array<number>(rank - a.length).fill(1), ...a];
  const right = [...Array<number>(rank - b.length).fill(1), ...b];
  const shape = left.map((size, axis) => (size === 1 ? (right[axis] ?? 1) : size));
  if (shape.includes(0)) return undefined;
  for (let axis = 0; axis <= rank; axis += 1) {
    const columns = util.sizeFromShape(shape.slice(axis));
    const ofA = stridesOf(left, shape, axis, columns);
    const ofB = stridesOf(right, shape, axis, columns);
    if (ofA === undefined || ofB === undefined) continue;
    return { rows: util.sizeFromShape(shape.slice(0, axis)), columns, strides: [...ofA, ...ofB] };
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
