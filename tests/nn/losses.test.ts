import { expect, it } from 'vitest';
import { computeGradients } from '#src/nn/gradients.ts';
import { accuracy, l2, softmaxCrossEntropy } from '#src/nn/losses.ts';
import * as tf from '#src/nn/tf.ts';
import { onEachBackend } from './backends.ts';

const logits = [
  [1, 2, 3],
  [1000, 0, -1000],
  [-2, -2, -2],
  [0.5, -1, 4],
];
const labels = [2, 0, 1, 0];

/** In float64, with the largest logit taken out first. */
function probabilities(row: readonly number[]): number[] {
  const largest = Math.max(...row);
  const powers = row.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

onEachBackend('losses', () => {
  it('measure surprise in nats, with the gradient (probabilities - truth) / batch, however large the logits', async () => {
    const variable = tf.variable(tf.tensor2d(logits));
    const { loss, gradients } = computeGradients(
      () => softmaxCrossEntropy(variable as tf.Tensor as tf.Tensor2D, tf.tensor1d(labels, 'int32')),
      { variable },
    );
    const expected = logits.reduce((sum, row, i) => sum - Math.log(probabilities(row)[labels[i] ?? 0] ?? 0), 0) / 4;
    expect((await loss.data())[0]).toBeCloseTo(expected, 5);
    const gradient = (await gradients.variable?.data()) ?? [];
    logits
      .flatMap((row, i) => probabilities(row).map((p, k) => (p - Number(k === labels[i])) / 4))
      .forEach((value, i) => {
        expect(gradient[i]).toBeCloseTo(value, 6);
      });
  });

  it('give log(classes) to a network that knows nothing', async () => {
    const loss = softmaxCrossEntropy(tf.zeros([5, 10]), tf.tensor1d([0, 1, 2, 3, 4], 'int32'));
    expect((await loss.data())[0]).toBeCloseTo(Math.log(10), 6);
  });

  it('count an example as much as its weight says, not at all with 0', async () => {
    const weights = [1, 0, 3, 0.5];
    const total = 4.5;
    const variable = tf.variable(tf.tensor2d(logits));
    const { loss, gradients } = computeGradients(
      () =>
        softmaxCrossEntropy(variable as tf.Tensor as tf.Tensor2D, tf.tensor1d(labels, 'int32'), tf.tensor1d(weights)),
      { variable },
    );
    const expected = logits.reduce(
      (sum, row, i) => sum - ((weights[i] ?? 0) * Math.log(probabilities(row)[labels[i] ?? 0] ?? 0)) / total,
      0,
    );
    expect((await loss.data())[0]).toBeCloseTo(expected, 5);
    const gradient = (await gradients.variable?.data()) ?? [];
    logits
      .flatMap((row, i) =>
        probabilities(row).map((p, k) => ((p - Number(k === labels[i])) * (weights[i] ?? 0)) / total),
      )
      .forEach((value, i) => {
        expect(gradient[i]).toBeCloseTo(value, 6);
      });
  });

  it('count the share of right answers', async () => {
    const share = accuracy(tf.tensor2d(logits), tf.tensor1d([2, 0, 1, 0], 'int32'));
    expect((await share.data())[0]).toBe(0.5);
  });

  it('hold weights back with half the sum of squares, whose gradient is the weight', async () => {
    const a = tf.variable(tf.tensor1d([1, -2]));
    const b = tf.variable(tf.tensor2d([[3]]));
    const { loss, gradients } = computeGradients(() => l2([a, b]), { a, b });
    expect((await loss.data())[0]).toBe(7);
    expect([...((await gradients.a?.data()) ?? [])]).toEqual([1, -2]);
    expect([...((await gradients.b?.data()) ?? [])]).toEqual([3]);
  });

  it('have zero gradients by what they do not depend on', async () => {
    const used = tf.variable(tf.tensor1d([2]));
    const unused = tf.variable(tf.tensor1d([1, 1]));
    const { gradients } = computeGradients(() => l2([used]), { used, unused });
    expect([...((await gradients.unused?.data()) ?? [])]).toEqual([0, 0]);
  });
});
