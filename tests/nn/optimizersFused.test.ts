import * as core from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { onOwnCall } from '#src/engine/kernels/heap.ts';
import { computeGradients } from '#src/nn/gradients.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';
import { updatePlainly, updateRules } from '#src/nn/updateRules.ts';
import type { OptimizerKind } from '#src/nn/updateRules.ts';

const kinds = Object.keys(updateRules) as OptimizerKind[];

/** One number, fewer and more than a vector's four, a multiple of it, three more than one. */
const sizes = [1, 3, 4, 10, 1023];

describe('the fused optimizers on WASM', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it.each(kinds)('%s: weights and state equal those of plain operations to the last bit, whatever the size', (kind) => {
    const slots = updateRules[kind].slots.length;
    let fused = start(slots);
    let plain = start(slots);
    for (let step = 1; step <= 6; step += 1) {
      const settings = tf.tensor1d(updateRules[kind].settings(0.1 / step, step));
      const gradients = sizes.map((size) => random(size, 'gradient', step));
      fused = together(kind, settings, fused, gradients);
      plain = plainly(kind, settings, plain, gradients);
      expect(values(fused)).toEqual(values(plain));
      // The heap grows: everything made later lies elsewhere, views of before are gone.
      if (step === 3) tf.zeros([5000, 5000]).dispose();
    }
    expect(values(fused)).not.toEqual(values(start(slots)));
  });

  it.each(kinds)('%s changes none of the tensors it is given', (kind) => {
    const slots = updateRules[kind].slots.length;
    const before = start(slots);
    const gradients = sizes.map((size) => random(size, 'gradient', 1));
    const given = values([...before, gradients]);
    together(kind, tf.tensor1d([0.1, 1e-7]), before, gradients);
    expect(values([...before, gradients])).toEqual(given);
  });

  it.each(kinds)('%s trains a network to the same losses as plain operations, all 200', (kind) => {
    const fused = lossesOf(kind);
    const plain = withoutKernel(() => lossesOf(kind));
    expect(fused).toEqual(plain);
    expect(fused.at(-1)).toBeLessThan(0.5 * (fused[0] ?? 0));
  });

  it('take one call of our module a variable, and no other kernel', async () => {
    const calls: string[] = [];
    const variables = { a: tf.variable(core.ones([3, 4])), b: tf.variable(core.ones([5])) };
    const gradients = { a: core.ones([3, 4]), b: core.ones([5]) };
    const optimizer = createOptimizer('adam', variables);
    onOwnCall(({ name }) => calls.push(name));
    const { kernelNames } = await core.profile(() => optimizer.apply(gradients, 0.1));
    onOwnCall(undefined);
    expect(calls).toEqual(['updateByAdam', 'updateByAdam']);
    expect(kernelNames).toEqual(['OptimizerUpdate']);
  });
});

/** For each size a weight and its slots; what is a mean of squares is not below 0. */
function start(slots: number): core.Tensor[][] {
  return sizes.map((size) => [
    random(size, 'weight'),
    ...Array.from({ length: slots }, (_, slot) => core.abs(random(size, 'slot', slot))),
  ]);
}

type Step = (kind: OptimizerKind, inputs: core.Tensor[]) => core.Tensor[];

function updateWith(step: Step) {
  return (kind: OptimizerKind, settings: core.Tensor, before: core.Tensor[][], gradients: core.Tensor[]) => {
    const inputs = before.flatMap(([weight, ...slots], at) => [weight, gradients[at], ...slots] as core.Tensor[]);
    const after = step(kind, [settings, ...inputs]);
    const each = before[0]?.length ?? 1;
    return before.map((_, at) => after.slice(at * each, (at + 1) * each));
  };
}

const plainly = updateWith(updatePlainly);
const together = updateWith((kind, inputs) => tf.runKernel('OptimizerUpdate', inputs, { kind }) as core.Tensor[]);

function values(tensors: core.Tensor[][]): number[][][] {
  return tensors.map((group) => group.map((tensor) => [...tensor.dataSync()]));
}

function random(size: number, ...stream: [string, number?]): core.Tensor {
  return tf.tensor(createRandom(3, `${stream.join()}-${size}`).normals(size));
}

/** What runs has no kernel of ours for optimizers. */
function withoutKernel<T>(compute: () => T): T {
  const kernel = core.getKernel('OptimizerUpdate', 'wasm');
  core.unregisterKernel('OptimizerUpdate', 'wasm');
  try {
    return compute();
  } finally {
    core.registerKernel(kernel);
  }
}

/** Of a network of 2, 9 and 1 units that learns a product, at a rate that cools. */
function lossesOf(kind: OptimizerKind): number[] {
  const random = createRandom(9, 'network');
  const variables = {
    w1: tf.variable(tf.tensor(random.normals(18), [2, 9])),
    b1: tf.variable(tf.zeros([9])),
    w2: tf.variable(tf.tensor(random.normals(9), [9, 1])),
    b2: tf.variable(tf.zeros([1])),
  };
  const optimizer = createOptimizer(kind, variables);
  const points = Array.from({ length: 32 }, () => [random.normal(), random.normal()] as [number, number]);
  const losses = Array.from({ length: 200 }, (_, step) =>
    tf.tidy(() => {
      const x = tf.tensor(points.flat(), [32, 2]);
      const y = tf.tensor(
        points.map(([a, b]) => a * b),
        [32, 1],
      );
      const { loss, gradients } = computeGradients(() => {
        const hidden = tf.tanh(
          tf.add(tf.matMul(x as core.Tensor2D, variables.w1 as unknown as core.Tensor2D), variables.b1),
        );
        const output = tf.add(
          tf.matMul(hidden as core.Tensor2D, variables.w2 as unknown as core.Tensor2D),
          variables.b2,
        );
        return tf.mean(tf.square(tf.sub(output, y)));
      }, variables);
      optimizer.apply(gradients, 0.03 / (1 + step / 100));
      return loss.dataSync()[0] ?? Number.NaN;
    }),
  );
  optimizer.dispose();
  tf.dispose(variables);
  return losses;
}
