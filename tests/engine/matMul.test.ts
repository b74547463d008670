import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { createRandom } from '#src/nn/random.ts';
import { expectWithin } from './reference.ts';

/** Odd sizes, one row, one column, more depth than one block holds, batches, one matrix for a whole batch. */
const products = [
  { a: [1, 1], b: [1, 1] },
  { a: [5, 7], b: [7, 3] },
  { a: [64, 196], b: [196, 10] },
  { a: [67, 300], b: [300, 17] },
  { a: [1, 600], b: [600, 1] },
  { a: [4, 8], b: [8, 8] },
  { a: [2, 3, 5, 4], b: [2, 3, 4, 9] },
  { a: [3, 6, 5], b: [1, 5, 2] },
  { a: [1, 6, 5], b: [4, 5, 8] },
].flatMap((shapes) =>
  [false, true].flatMap((transposeA) => [false, true].map((transposeB) => ({ ...shapes, transposeA, transposeB }))),
);

describe('the product of matrices on WASM', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it.each(products)('is that in float64: $a by $b, transposed $transposeA, $transposeB', async (shapes) => {
    const { transposeA, transposeB } = shapes;
    const a = numbers(shapes.a, 'a');
    const b = numbers(shapes.b, 'b');
    const product = tf.matMul(tensor(a, shapes.a, transposeA), tensor(b, shapes.b, transposeB), transposeA, transposeB);
    // Roundings of as many sums as there are columns, of numbers around 1.
    expectWithin(1e-6 * (shapes.a.at(-1) ?? 1), await product.data(), productOf(a, shapes.a, b, shapes.b));
  });

  it('is the same wherever its factors lie, and after the heap has grown', async () => {
    const a = numbers([33, 45], 'a');
    const b = numbers([45, 21], 'b');
    const compute = async () => [...(await tf.matMul(tensor(a, [33, 45]), tensor(b, [45, 21])).data())];
    const before = await compute();
    const grown = tf.zeros([6000, 6000]);
    expect(await compute()).toEqual(before);
    grown.dispose();
  });
});

function numbers(shape: readonly number[], stream: string): Float64Array {
  const source = createRandom(1, stream);
  return Float64Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => Math.fround(source.normal()));
}

/** With rows and columns exchanged if it is to be transposed in the product. */
function tensor(values: Float64Array, shape: readonly number[], isTransposed = false): tf.Tensor {
  const plain = tf.tensor(Float32Array.from(values), [...shape]);
  const axes = shape.map((_, axis) => axis);
  return isTransposed ? tf.transpose(plain, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]) : plain;
}

function productOf(
  a: Float64Array,
  aShape: readonly number[],
  b: Float64Array,
  bShape: readonly number[],
): Float64Array {
  const [rows = 1, depth = 1] = aShape.slice(-2);
  const columns = bShape.at(-1) ?? 1;
  const batchA = a.length / rows / depth;
  const batchB = b.length / depth / columns;
  const batch = Math.max(batchA, batchB);
  return Float64Array.from({ length: batch * rows * columns }, (_, index) => {
    const column = index % columns;
    const row = Math.floor(index / columns) % rows;
    const matrix = Math.floor(index / columns / rows);
    const left = ((matrix % batchA) * rows + row) * depth;
    const right = (matrix % batchB) * depth * columns + column;
    let sum = 0;
    for (let k = 0; k < depth; k += 1) sum += (a[left + k] ?? 0) * (b[right + k * columns] ?? 0);
    return sum;
  });
}
