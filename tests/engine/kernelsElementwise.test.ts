import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { createRandom } from '#src/nn/random.ts';
import { expectWithin } from './reference.ts';

/** Below it, only the absolute error counts: a sigmoid ends at 1e-38, not at 0. */
const smallest = 2 ** -100;

const functions = [
  { name: 'relu', run: tf.relu, truth: (x: number) => Math.max(0, x) },
  { name: 'relu6', run: tf.relu6, truth: (x: number) => Math.min(6, Math.max(0, x)) },
  { name: 'sigmoid', run: tf.sigmoid, truth: (x: number) => 1 / (1 + Math.exp(-x)) },
  { name: 'tanh', run: tf.tanh, truth: Math.tanh },
  { name: 'leakyRelu', run: tf.leakyRelu, truth: (x: number) => (x < 0 ? x * Math.fround(0.2) : x) },
  { name: 'step', run: tf.step, truth: (x: number) => (x > 0 ? 1 : 0) },
  { name: 'square', run: tf.square, truth: (x: number) => x * x },
  { name: 'sqrt', run: (x: tf.Tensor) => tf.sqrt(tf.abs(x)), truth: (x: number) => Math.sqrt(Math.abs(x)) },
  { name: 'exp', run: tf.exp, truth: Math.exp },
  { name: 'neg', run: tf.neg, truth: (x: number) => -x },
];

const broadcasts = [
  { a: [1], b: [1] },
  { a: [3, 7], b: [3, 7] },
  { a: [3, 5, 6], b: [6] },
  { a: [6], b: [3, 5, 6] },
  { a: [3, 5, 6], b: [] },
  { a: [4, 9], b: [4, 1] },
  { a: [2, 3, 4, 5], b: [1, 3, 4, 5] },
  { a: [2, 3, 4, 5], b: [2, 3, 1, 1] },
  { a: [7, 1], b: [1, 9] },
  { a: [2, 1, 4], b: [1, 3, 4] },
];

const operations = [
  { name: 'add', run: tf.add, truth: (a: number, b: number) => a + b },
  { name: 'sub', run: tf.sub, truth: (a: number, b: number) => a - b },
  { name: 'mul', run: tf.mul, truth: (a: number, b: number) => a * b },
  { name: 'div', run: tf.div, truth: (a: number, b: number) => a / b },
];

const sums = [
  { shape: [37], axis: [0] },
  { shape: [5, 3], axis: [0] },
  { shape: [50, 19], axis: [0] },
  { shape: [6, 1, 13, 8], axis: [0, 1, 2] },
  { shape: [3, 17, 5], axis: [1] },
  { shape: [9, 23], axis: [1] },
  { shape: [2, 3, 4, 5], axis: [2, 3] },
  { shape: [2, 3, 4], axis: [0, 1, 2] },
  { shape: [2, 3, 4], axis: [0, 2] },
];

describe('the WASM kernels of each number by itself', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it.each(functions)('$name is that in float64, to 6 units in the last place', async ({ run, truth }) => {
    const x = Float32Array.from({ length: 4003 }, (_, index) => (index - 2001) / 20).map((value) => value ** 3 / 1000);
    const found = await run(tf.tensor(x)).data();
    const expected = [...x].map(truth);
    expectWithin(
      6 * 2 ** -23,
      expected.map((value, index) => relativeError(found[index], value)),
      expected.map(() => 0),
    );
  });

  it.each(functions)('$name keeps NaN, and its limits at the infinities', async ({ run, truth }) => {
    const [nan, ...ends] = await run(tf.tensor([Number.NaN, Infinity, -Infinity])).data();
    expect(nan).toBeNaN();
    expect(ends.map((value) => (Math.abs(value) < smallest ? 0 : value))).toEqual([
      truth(Infinity),
      truth(-Infinity) + 0,
    ]);
  });

  it.each(broadcasts.flatMap((shapes) => operations.map((operation) => ({ ...shapes, ...operation }))))(
    '$name of $a and $b is that in float64, rounded once',
    async ({ a, b, run, truth }) => {
      const left = numbers(a, 'a');
      const right = numbers(b, 'b');
      const out = run(tf.tensor(left, a), tf.tensor(right, b));
      const expected = Array.from({ length: out.size }, (_, index) =>
        Math.fround(truth(left[place(index, out.shape, a)] ?? 0, right[place(index, out.shape, b)] ?? 0)),
      );
      expect([...(await out.data())]).toEqual(expected);
    },
  );

  it.each(sums)('sum and mean of $shape over $axis are those in float64', async ({ shape, axis }) => {
    const x = numbers(shape, 'x');
    const kept = shape.map((size, index) => (axis.includes(index) ? 1 : size));
    const expected = new Float64Array(tf.util.sizeFromShape(kept));
    x.forEach((value, index) => {
      const to = place(index, shape, kept);
      expected[to] = (expected[to] ?? 0) + value;
    });
    const count = x.length / expected.length;
    expectWithin(2e-6 * count, await tf.sum(tf.tensor(x, shape), axis).data(), expected);
    const mean = tf.mean(tf.tensor(x, shape), axis, true);
    expect(mean.shape).toEqual(kept);
    expectWithin(
      2e-6,
      await mean.data(),
      expected.map((value) => value / count),
    );
  });

  it('a sum over many rows keeps six digits', async () => {
    const x = numbers([50_000, 9], 'x').map((value) => value + 1);
    const expected = new Float64Array(9);
    x.forEach((value, index) => (expected[index % 9] = (expected[index % 9] ?? 0) + value));
    expectWithin(
      5e-7,
      (await tf.sum(tf.tensor(x, [50_000, 9]), 0).data()).map((value, index) => value / (expected[index] ?? 0) - 1),
      new Float64Array(9),
    );
  });

  it('whole numbers are added and multiplied as whole numbers', async () => {
    const x = tf.tensor1d([16_777_217, 2], 'int32');
    expect([...(await tf.add(x, tf.scalar(1, 'int32')).data())]).toEqual([16_777_218, 3]);
    expect([...(await tf.sum(x).data())]).toEqual([16_777_219]);
  });

  it.each(['int32', 'float32'] as const)('one-hot rows as %s, none for an index outside', async (dtype) => {
    const rows = tf.oneHot(tf.tensor2d([2, 0, -1, 3], [2, 2], 'int32'), 3, 5, -1, dtype);
    expect(rows.dtype).toBe(dtype);
    expect([...(await rows.data())]).toEqual([-1, -1, 5, 5, -1, -1, -1, -1, -1, -1, -1, -1]);
  });
});

function numbers(shape: readonly number[], stream: string): Float32Array {
  return createRandom(1, stream).normals(tf.util.sizeFromShape([...shape]));
}

/** Where number `index` of `shape` lies in a tensor of the shape `own` that is broadcast to it. */
function place(index: number, shape: readonly number[], own: readonly number[]): number {
  let rest = index;
  let step = 1;
  let found = 0;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const size = shape[axis] ?? 1;
    const ownSize = own[axis - shape.length + own.length] ?? 1;
    if (ownSize > 1) found += (rest % size) * step;
    rest = Math.floor(rest / size);
    step *= ownSize;
  }
  return found;
}

function relativeError(found = Number.NaN, truth: number): number {
  if (found === Math.fround(truth)) return 0;
  return (found - truth) / Math.max(Math.abs(truth), smallest);
}
