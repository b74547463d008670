import { expect, it } from 'vitest';
import { tensorsInMemory } from '#src/engine/backends.ts';
import { computeGradients } from '#src/nn/gradients.ts';
import { heNormal, zeros } from '#src/nn/initializers.ts';
import { activate, conv2d, dense, flatten, pool } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { disposeTaps, recordTaps, recordUpdate, tap } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import { onEachBackend } from './backends.ts';

onEachBackend('tap', () => {
  it('returns the value itself where nobody records', () => {
    const x = tf.tensor1d([1]);
    expect(tap('x', x)).toBe(x);
  });

  it('keeps values and gradients of what it names', async () => {
    const w = tf.variable(tf.tensor1d([1, 2, 3]));
    const record = recordTaps(() =>
      computeGradients(() => tf.sum(tf.square(tap('double', tf.mul(tap('w', w), 2)))), { w }),
    );
    expect([...(await read(record.values.w))]).toEqual([1, 2, 3]);
    expect([...(await read(record.values.double))]).toEqual([2, 4, 6]);
    expect([...(await read(record.gradients.double))]).toEqual([4, 8, 12]);
    expect([...(await read(record.gradients.w))]).toEqual([8, 16, 24]);
    expect([...(await read(record.result.gradients.w))]).toEqual([8, 16, 24]);
  });

  it('adds up the gradients of a value that is used twice', async () => {
    const w = tf.variable(tf.tensor1d([3]));
    const { gradients } = recordTaps(() =>
      computeGradients(
        () => {
          const x = tap('x', tf.mul(w, 1));
          return tf.sum(tf.mul(x, x));
        },
        { w },
      ),
    );
    expect([...(await read(gradients.x))]).toEqual([6]);
  });

  it('changes no number: five steps with and without a trace give the same weights, bit for bit', async () => {
    expect(await train(true)).toEqual(await train(false));
  });

  it('leaves nothing behind once its tensors are disposed, also after an error', () => {
    const w = tf.variable(tf.tensor1d([1, 2]));
    const before = tensorsInMemory();
    const record = recordTaps(() => computeGradients(() => tf.sum(tf.square(tap('w', w))), { w }));
    tf.dispose(record.result);
    disposeTaps(record);
    expect(tensorsInMemory()).toBe(before);
    const twice = () => recordTaps(() => tf.tidy(() => tf.add(tap('w', w), tap('w', w))));
    expect(twice).toThrow("A trace has two values named 'w'.");
    expect(tensorsInMemory()).toBe(before);
    expect(tap('w', w)).toBe(w);
  });
});

onEachBackend('an update', () => {
  it('is told by what it computed and by how much each variable changed, and keeps no other tensor', async () => {
    const w = tf.variable(tf.tensor1d([1, 2]));
    const before = tensorsInMemory();
    const learn = () => tf.tidy(() => w.assign(tf.sub(w, tap('step', tf.tensor1d([0.5, -1])))));
    const taps = recordUpdate(learn, { w });
    expect([...(await read(taps.values.step))]).toEqual([0.5, -1]);
    expect([...(await read(taps.updates.w))]).toEqual([-0.5, 1]);
    expect([...(await w.data())]).toEqual([0.5, 3]);
    disposeTaps(taps);
    expect(tensorsInMemory()).toBe(before);
  });
});

/** A small convolutional network on random pictures; its weights and losses after five steps. */
async function train(traced: boolean): Promise<ArrayLike<number>[]> {
  const random = createRandom(3, 'tap');
  const variables = {
    kernel: tf.variable(heNormal([3, 3, 1, 4], random)),
    bias: tf.variable(zeros([4])),
    weights: tf.variable(heNormal([36, 3], random)),
    offset: tf.variable(zeros([3])),
  };
  const optimizer = createOptimizer('adam', variables);
  const losses: tf.Tensor[] = [];
  for (let step = 0; step < 5; step += 1) {
    const x = tf.tensor4d(random.normals(4 * 36), [4, 6, 6, 1]);
    const labels = tf.tensor1d([0, 1, 2, 0], 'int32');
    const compute = () =>
      computeGradients(() => {
        const z = tap('z', conv2d(tap('x', x), tap('kernel', variables.kernel), variables.bias));
        const a = tap('a', activate(z, 'relu'));
        const p = tap('p', pool(a, 'max', 2));
        return softmaxCrossEntropy(dense(flatten(p), variables.weights, variables.offset), labels);
      }, variables);
    const { loss, gradients } = traced ? recordTaps(compute).result : compute();
    optimizer.apply(gradients, 0.01);
    losses.push(loss);
  }
  return Promise.all([...losses, ...Object.values(variables)].map((tensor) => tensor.data()));
}

function read(tensor: tf.Tensor | undefined): Promise<ArrayLike<number> & Iterable<number>> {
  if (tensor === undefined) throw new Error('It was not recorded.');
  return tensor.data();
}
