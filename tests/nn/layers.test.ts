import { expect, it } from 'vitest';
import { glorotUniform, heNormal, zeros } from '#src/nn/initializers.ts';
import { activate, conv2d, dense, dropout, flatten, pool } from '#src/nn/layers.ts';
import { createRandom } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';
import { onEachBackend } from './backends.ts';

onEachBackend('layers', () => {
  it('convolve without flipping the kernel, padded so that the size stays', async () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const kernel = tf.tensor4d([0, 0, 0, 0, 1, 10, 0, 0, 0], [3, 3, 1, 1]);
    const y = conv2d(x, kernel, tf.tensor1d([100]));
    expect(y.shape).toEqual([1, 3, 3, 1]);
    // Each number, ten times its right neighbour, and the bias.
    expect([...(await y.data())]).toEqual([121, 132, 103, 154, 165, 106, 187, 198, 109]);
  });

  it('pool windows that lie side by side and leave out what fills none', async () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    expect([...(await pool(x, 'max', 2).data())]).toEqual([5]);
    expect([...(await pool(x, 'average', 2).data())]).toEqual([3]);
    expect(pool(tf.zeros([2, 28, 28, 8]), 'max', 2).shape).toEqual([2, 14, 14, 8]);
  });

  it('flatten each example and connect every input with every output', async () => {
    const flat = flatten(tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 1, 2]));
    expect(flat.shape).toEqual([2, 4]);
    const y = dense(flat, tf.tensor2d([1, 0, 0, 1, 1, 0, 0, 1], [4, 2]), tf.tensor1d([10, 20]));
    expect([...(await y.data())]).toEqual([14, 26, 22, 34]);
  });

  it.each([
    ['relu', [0, 0, 2]],
    ['leakyRelu', [-0.2, 0, 2]],
    ['tanh', [Math.tanh(-1), 0, Math.tanh(2)]],
    ['sigmoid', [1 / (1 + Math.E), 0.5, 1 / (1 + Math.exp(-2))]],
  ] as const)('activate with %s, and its slope', async (kind, expected) => {
    const at = [-1, 0, 2];
    const y = await activate(tf.tensor1d(at), kind).data();
    expected.forEach((value, index) => expect(y[index]).toBeCloseTo(value, 5));
    const slope = await gradientOf((x) => tf.sum(activate(x, kind)), tf.tensor1d([-1, 2]));
    const formula = {
      relu: (v: number) => Number(v > 0),
      leakyRelu: (v: number) => (v > 0 ? 1 : 0.2),
      tanh: (v: number) => 1 - Math.tanh(v) ** 2,
      sigmoid: (v: number) => Math.exp(-v) / (1 + Math.exp(-v)) ** 2,
    }[kind];
    [-1, 2].forEach((v, index) => expect(slope[index]).toBeCloseTo(formula(v), 5));
  });

  it('drop a share of the numbers and keep the mean; the same ones for the same step, forward and backward', async () => {
    const x = tf.tensor(new Float32Array(10_000).fill(1), [100, 100]);
    const once = await dropout(x, 0.25, createRandom(1, 'dropout', 9)).data();
    const dropped = once.filter((value) => value === 0).length;
    expect(dropped).toBeGreaterThan(2350);
    expect(dropped).toBeLessThan(2650);
    expect(new Set(once)).toEqual(new Set([0, Math.fround(4 / 3)]));
    expect(await dropout(x, 0.25, createRandom(1, 'dropout', 9)).data()).toEqual(once);
    expect(await dropout(x, 0.25, createRandom(1, 'dropout', 10)).data()).not.toEqual(once);
    const gradient = await gradientOf((input) => tf.sum(dropout(input, 0.25, createRandom(1, 'dropout', 9))), x);
    expect(gradient).toEqual(once);
  });

  it('drop nothing at rate 0, and refuse a rate of 1', () => {
    const x = tf.tensor1d([1, 2]);
    expect(dropout(x, 0, createRandom(1, 'dropout'))).toBe(x);
    expect(() => dropout(x, 1, createRandom(1, 'dropout'))).toThrow(RangeError);
    expect(() => dropout(x, Number.NaN, createRandom(1, 'dropout'))).toThrow(RangeError);
  });

  it('start from weights of the size their authors derived', async () => {
    const he = await heNormal([3, 3, 16, 64], createRandom(1, 'he')).data<'float32'>();
    expect(Math.sqrt(he.reduce((sum, w) => sum + w * w, 0) / he.length)).toBeCloseTo(Math.sqrt(2 / 144), 2);
    const glorot = await glorotUniform([300, 100], createRandom(1, 'glorot')).data();
    const limit = Math.sqrt(6 / 400);
    expect(Math.max(...glorot)).toBeLessThanOrEqual(limit);
    expect(Math.max(...glorot)).toBeGreaterThan(0.99 * limit);
    expect(Math.min(...glorot)).toBeLessThan(-0.99 * limit);
    expect([...(await zeros([2, 2]).data())]).toEqual([0, 0, 0, 0]);
  });
});

/** With tfjs's own derivative, by way of a variable. */
async function gradientOf(compute: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): Promise<ArrayLike<number>> {
  const variable = tf.variable(x);
  const { grads } = tf.variableGrads(() => compute(variable) as tf.Scalar, [variable]);
  return (grads[variable.name] ?? x).data();
}
