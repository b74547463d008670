import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { createRandom } from '#src/nn/random.ts';

const comparisons = [
  { name: 'greater', run: tf.greater, truth: (a: number, b: number) => a > b },
  { name: 'greaterEqual', run: tf.greaterEqual, truth: (a: number, b: number) => a >= b },
  { name: 'less', run: tf.less, truth: (a: number, b: number) => a < b },
  { name: 'lessEqual', run: tf.lessEqual, truth: (a: number, b: number) => a <= b },
  { name: 'equal', run: tf.equal, truth: (a: number, b: number) => a === b },
];

const lookups = [
  { shape: [5, 6], indices: [4, 0, 4], axis: 0 },
  { shape: [9], indices: [8, 1], axis: 0 },
  { shape: [3, 5, 4], indices: [2, 2, 0, 4, 1], axis: 1 },
  { shape: [3, 5, 4], indices: [3], axis: 2 },
];

describe('the WASM kernels that choose', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it.each(comparisons)(
    '$name compares as JavaScript does, NaN and equal numbers among them',
    async ({ run, truth }) => {
      const a = [...numbers(11, 'a'), 1, 0, Number.NaN, 2];
      const b = [...numbers(11, 'b'), 1, -0, 1, Number.NaN];
      const found = await run(tf.tensor(a), tf.tensor(b)).data();
      expect([...found]).toEqual(a.map((value, index) => Number(truth(value, b[index] ?? 0))));
      const withOne = await run(tf.tensor2d(a, [3, 5]), tf.scalar(0)).data();
      expect([...withOne]).toEqual(a.map((value) => Number(truth(value, 0))));
      const column = await run(tf.tensor2d(a, [3, 5]), tf.tensor2d([-1, 0, 1], [3, 1])).data();
      expect([...column]).toEqual(a.map((value, index) => Number(truth(value, Math.floor(index / 5) - 1))));
    },
  );

  it('where takes the first where the condition holds, else the second', async () => {
    const [a, b] = [numbers(13, 'a'), numbers(13, 'b')];
    const found = await tf.where(tf.greater(tf.tensor(a), 0), tf.tensor(a), tf.tensor(b)).data();
    expect([...found]).toEqual([...a].map((value, index) => (value > 0 ? value : b[index])));
  });

  it.each(lookups)('gather takes $indices from $shape along axis $axis', async ({ shape, indices, axis }) => {
    for (const dtype of ['float32', 'int32'] as const) {
      const x = numbers(tf.util.sizeFromShape(shape), 'x').map((value) => Math.round(value * 1000));
      const out = tf.gather(tf.tensor(x, shape, dtype), tf.tensor1d(indices, 'int32'), axis);
      const columns = tf.util.sizeFromShape(shape.slice(axis + 1));
      const size = shape[axis] ?? 1;
      const expected = Array.from({ length: tf.util.sizeFromShape(shape.slice(0, axis)) }, (_, part) =>
        indices.map((index) => x.slice((part * size + index) * columns, (part * size + index + 1) * columns)),
      ).flatMap((rows) => rows.flatMap((row) => [...row]));
      expect(out.dtype).toBe(dtype);
      expect([...(await out.data())]).toEqual(expected);
    }
  });

  it('gather refuses an index outside', () => {
    expect(() => tf.gather(tf.zeros([3, 2]), tf.tensor1d([0, 3], 'int32'))).toThrow('3 is not in [0, 2]');
  });
});

function numbers(count: number, stream: string): Float32Array {
  return createRandom(1, stream).normals(count);
}
