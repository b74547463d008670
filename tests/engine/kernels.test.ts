import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { createRandom } from '#src/nn/random.ts';
import type { Array4, Padding, Shape4 } from './reference.ts';
import { array4, conv2d, numericGradient, pool } from './reference.ts';

/** Odd shapes, batches above 1, strides that leave rows over, kernels that are not square. */
const convolutions = ([1, 2, 3] as const).flatMap((stride) =>
  (['same', 'valid'] as const).flatMap((padding) =>
    (
      [
        { input: [2, 7, 5, 3], kernel: [3, 3, 3, 4] },
        { input: [3, 6, 9, 1], kernel: [5, 2, 1, 2] },
        { input: [1, 8, 8, 2], kernel: [1, 1, 2, 5] },
        { input: [4, 5, 5, 2], kernel: [4, 5, 2, 1] },
        { input: [1, 5, 4, 4], kernel: [2, 2, 4, 16] },
        { input: [1, 5, 6, 5], kernel: [2, 3, 5, 9] },
      ] as const
    ).map(({ input, kernel }) => ({ stride, padding, input, kernel })),
  ),
);

/** One kernel a channel and several; channels that fill no vector, and more than one. */
const depthwise = ([1, 2] as const).flatMap((stride) =>
  (['same', 'valid'] as const).flatMap((padding) =>
    (
      [
        { input: [2, 6, 5, 6], kernel: [3, 3, 6, 1] },
        { input: [1, 5, 7, 3], kernel: [3, 2, 3, 2] },
      ] as const
    ).map(({ input, kernel }) => ({ stride, padding, input, kernel })),
  ),
);

const pools = (['max', 'average'] as const).flatMap((kind) =>
  (['same', 'valid'] as const).flatMap((padding) =>
    [
      { size: 2, stride: 2 },
      { size: 3, stride: 3 },
      { size: 3, stride: 1 },
      { size: 2, stride: 3 },
    ].map((window) => ({ kind, padding, ...window })),
  ),
);

describe('the WASM kernels for training', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it.each(convolutions)(
    'give a convolution and its gradients: stride $stride, $padding, $input with $kernel',
    async ({ stride, padding, input, kernel }) => {
      const x = random(input, 'x');
      const weights = random(kernel, 'kernel');
      const forward = () => conv2d(x, weights, stride, padding);
      const upstream = random(forward().shape, 'upstream');
      const loss = () => dot(forward(), upstream);
      expectClose(await tf.conv2d(tensor(x), tensor(weights), stride, padding).data(), forward().values);
      const [dx, dw] = await gradients([x, weights], upstream, ([x4, w4]) =>
        tf.conv2d(x4 as tf.Tensor4D, w4 as tf.Tensor4D, stride, padding),
      );
      expectClose(dx, numericGradient(loss, x.values));
      expectClose(dw, numericGradient(loss, weights.values));
    },
  );

  it.each(depthwise)(
    'give the gradients of a depthwise convolution: stride $stride, $padding, $input with $kernel',
    async ({ stride, padding, input, kernel }) => {
      const x = random(input, 'x');
      const weights = random(kernel, 'kernel');
      const forward = () => conv2d(x, asDenseKernel(weights), stride, padding);
      const upstream = random(forward().shape, 'upstream');
      const loss = () => dot(forward(), upstream);
      const [dx, dw] = await gradients([x, weights], upstream, ([x4, w4]) =>
        tf.depthwiseConv2d(x4 as tf.Tensor4D, w4 as tf.Tensor4D, stride, padding),
      );
      expectClose(dx, numericGradient(loss, x.values));
      expectClose(dw, numericGradient(loss, weights.values));
    },
  );

  it.each(pools)(
    'give the gradient of pooling: $kind of $size by $size, stride $stride, $padding',
    async ({ kind, size, stride, padding }) => {
      for (const shape of [
        [2, 7, 5, 3],
        [3, 6, 8, 1],
      ] as const) {
        const x = random(shape, 'x');
        const forward = () => pool(x, kind, size, stride, padding);
        const upstream = random(forward().shape, 'upstream');
        const [dx] = await gradients([x], upstream, ([x4]) => tfPool(x4 as tf.Tensor4D, kind, size, stride, padding));
        expectClose(
          dx,
          numericGradient(() => dot(forward(), upstream), x.values),
        );
      }
    },
  );

  it('give the gradient of the maximum to one number only, the first, where several are largest', async () => {
    const dx = await tf
      .grad((x) => tf.sum(tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid')))(tf.ones([1, 4, 4, 1]))
      .data();
    expect([...dx]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('give the gradient of a table that is looked up in, rows asked for twice or never included', async () => {
    const ids = [3, 0, 3, 1, 3, 0];
    const table = random([1, 1, 5, 4], 'table');
    const upstream = random([1, 2, 3, 4], 'upstream');
    const loss = () =>
      ids.reduce(
        (sum, id, row) =>
          sum +
          [0, 1, 2, 3].reduce(
            (part, column) => part + (table.values[id * 4 + column] ?? 0) * (upstream.values[row * 4 + column] ?? 0),
            0,
          ),
        0,
      );
    const gradient = tf.grad((rows) =>
      tf.sum(tf.mul(tf.gather(rows, tf.tensor2d(ids, [2, 3], 'int32')), tf.reshape(tensor(upstream), [2, 3, 4]))),
    )(tf.reshape(tensor(table), [5, 4]));
    expectClose(await gradient.data(), numericGradient(loss, table.values));
  });

  it('leave out rows whose segment does not exist', async () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const sums = tf.unsortedSegmentSum(x, tf.tensor1d([1, -1, 1], 'int32'), 3);
    expect([...(await sums.data())]).toEqual([0, 0, 6, 8, 0, 0]);
  });

  it('leave no tensor behind', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const x = tf.randomNormal<tf.Rank.R4>([2, 6, 6, 2], 0, 1, 'float32', 1);
      const kernel = tf.randomNormal<tf.Rank.R4>([3, 3, 2, 3], 0, 1, 'float32', 2);
      tf.grads((x4, w4) =>
        tf.sum(tf.maxPool(tf.conv2d(x4 as tf.Tensor4D, w4 as tf.Tensor4D, 1, 'same'), 2, 2, 'same')),
      )([x, kernel]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

function random(shape: Shape4, stream: string): Array4 {
  const source = createRandom(1, stream);
  return array4(shape, () => source.normal());
}

/** The kernel of a convolution that computes what the depthwise one does: zeros between channels that do not meet. */
function asDenseKernel({ shape: [height, width, channels, multiplier], values }: Array4): Array4 {
  const filters = channels * multiplier;
  return array4([height, width, channels, filters], (index) => {
    const filter = index % filters;
    const channel = Math.floor(index / filters) % channels;
    const place = Math.floor(index / filters / channels);
    return Math.floor(filter / multiplier) === channel ? (values[place * filters + filter] ?? 0) : 0;
  });
}

function tensor({ shape, values }: Array4): tf.Tensor4D {
  return tf.tensor4d(Float32Array.from(values), [...shape]);
}

function dot(a: Array4, b: Array4): number {
  return a.values.reduce((sum, value, index) => sum + value * (b.values[index] ?? Number.NaN), 0);
}

function tfPool(x: tf.Tensor4D, kind: 'max' | 'average', size: number, stride: number, padding: Padding) {
  return kind === 'max' ? tf.maxPool(x, size, stride, padding) : tf.avgPool(x, size, stride, padding);
}

/** Of the sum of `forward` times `upstream`, by each input. */
async function gradients(
  inputs: readonly Array4[],
  upstream: Array4,
  forward: (inputs: tf.Tensor[]) => tf.Tensor,
): Promise<Float32Array[]> {
  const found = tf.grads((...tensors: tf.Tensor[]) => tf.sum(tf.mul(forward(tensors), tensor(upstream))))(
    inputs.map(tensor),
  );
  return Promise.all(found.map((gradient) => gradient.data<'float32'>()));
}

/** Within 1e-4, of numbers around 1: float32 against float64. */
function expectClose(found: ArrayLike<number> | undefined, expected: ArrayLike<number>): void {
  expect(found).toHaveLength(expected.length);
  const error = Array.from(expected).reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - (found?.[index] ?? Number.NaN))),
    0,
  );
  expect(error).toBeLessThan(1e-4);
}
