import { expect, it } from 'vitest';
import { clipByGlobalNorm } from '#src/nn/clip.ts';
import { orthogonal } from '#src/nn/initializers.ts';
import { createRandom } from '#src/nn/random.ts';
import { gruWeights, lstmWeights, simpleRnnWeights } from '#src/nn/recurrentWeights.ts';
import * as tf from '#src/nn/tf.ts';
import { onEachBackend } from './backends.ts';

const random = () => createRandom(7, 'weights');

async function products(matrix: tf.Tensor, byColumns: boolean) {
  const product = tf.matMul(matrix, matrix, byColumns, !byColumns);
  return { size: product.shape[0] ?? 0, values: await product.data() };
}

onEachBackend('first weights of recurrent layers', () => {
  it.each([
    [5, 5],
    [9, 4],
    [4, 9],
  ] as const)('of %i by %i orthogonal have length 1 and right angles', async (rows, columns) => {
    const { size, values } = await products(orthogonal([rows, columns], random()), rows >= columns);
    expect(size).toBe(Math.min(rows, columns));
    values.forEach((value, at) => {
      expect(value).toBeCloseTo(at % (size + 1) === 0 ? 1 : 0, 6);
    });
  });

  it('are orthogonal gate by gate, with the forget gate open and all other biases 0', async () => {
    const { kernel, recurrent, bias } = lstmWeights(3, 4, random());
    expect([kernel.shape, recurrent.shape, bias.shape]).toEqual([[3, 16], [4, 16], [16]]);
    for (let gate = 0; gate < 4; gate += 1) {
      const { values } = await products(tf.slice(recurrent, [0, 4 * gate], [4, 4]), true);
      values.forEach((value, at) => {
        expect(value).toBeCloseTo(at % 5 === 0 ? 1 : 0, 6);
      });
    }
    expect([...(await bias.data())]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('keep a GRU’s state at first, and take another bias where one is asked for', async () => {
    const { kernel, recurrent, bias } = gruWeights(3, 2, random(), { updateBias: 2 });
    expect([kernel.shape, recurrent.shape]).toEqual([
      [3, 6],
      [2, 6],
    ]);
    expect([...(await bias.data())]).toEqual([2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const plain = simpleRnnWeights(3, 2, random());
    expect([plain.kernel.shape, plain.recurrent.shape, plain.bias.shape]).toEqual([[3, 2], [2, 2], [2]]);
  });

  it('come again from the same seed, and are others from another stream', async () => {
    const first = await lstmWeights(3, 4, random()).recurrent.data();
    expect(await lstmWeights(3, 4, random()).recurrent.data()).toEqual(first);
    expect(await lstmWeights(3, 4, createRandom(7, 'other')).recurrent.data()).not.toEqual(first);
  });
});

onEachBackend('clipping', () => {
  it.each([
    [1, 5],
    [5, 5],
    [10, 10],
  ])('at %f leaves gradients of norm 5 no longer than that', async (limit, _) => {
    const gradients = { a: tf.tensor1d([3, 0]), b: tf.tensor2d([[0], [-4]]) };
    const { gradients: clipped, norm } = clipByGlobalNorm(gradients, limit);
    expect((await norm.data())[0]).toBeCloseTo(5, 6);
    const factor = Math.min(1, limit / 5);
    expect([...((await clipped.a?.data()) ?? [])]).toEqual([expect.closeTo(3 * factor, 6), 0]);
    expect([...((await clipped.b?.data()) ?? [])]).toEqual([0, expect.closeTo(-4 * factor, 6)]);
  });

  it('lets a gradient of zeros be', async () => {
    const { gradients, norm } = clipByGlobalNorm({ a: tf.zeros([3]) }, 1);
    expect((await norm.data())[0]).toBe(0);
    expect([...((await gradients.a?.data()) ?? [])]).toEqual([0, 0, 0]);
  });
});
