import { glorotUniform, heNormal, zeros } from '#src/nn/initializers.ts';
import { activate, conv2d, dense, flatten, pool, type Activation, type Pooling } from '#src/nn/layers.ts';
import { l2, softmaxCrossEntropy } from '#src/nn/losses.ts';
import type { Random } from '#src/nn/random.ts';
import { tap } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';

/** What the network learns, and nothing else. */
export type Weights = ReturnType<typeof createWeights>;

/** Random at first: the same seed gives the same weights. */
export function createWeights(size: number, filters1: number, filters2: number, random: Random) {
  return {
    kernel1: tf.variable(heNormal([size, size, 1, filters1], random)),
    bias1: tf.variable(zeros([filters1])),
    kernel2: tf.variable(heNormal([size, size, filters1, filters2], random)),
    bias2: tf.variable(zeros([filters2])),
    denseWeights: tf.variable(glorotUniform([7 * 7 * filters2, 10], random)),
    denseBias: tf.variable(zeros([10])),
  };
}

export interface Architecture {
  activation: Activation;
  pooling: Pooling;
}

/**
 * From pictures to ten numbers each, one a digit. `tap` gives a value its name, so that the page can show it.
 *
 * @param images `[batch, 28, 28, 1]`, 0 (paper) to 1 (ink).
 * @param drop leaves out some of the features while training.
 * @returns logits, `[batch, 10]`
 */
export function forward(
  weights: Weights,
  images: tf.Tensor4D,
  { activation, pooling }: Architecture,
  drop = (features: tf.Tensor2D) => features,
): tf.Tensor2D {
  const x = tap('x', images);

  const kernel1 = tap('kernel1', weights.kernel1);
  const bias1 = tap('bias1', weights.bias1);
  const z1 = tap('z1', conv2d(x, kernel1, bias1));
  const a1 = tap('a1', activate(z1, activation));
  const p1 = tap('p1', pool(a1, pooling, 2));

  const kernel2 = tap('kernel2', weights.kernel2);
  const bias2 = tap('bias2', weights.bias2);
  const z2 = tap('z2', conv2d(p1, kernel2, bias2));
  const a2 = tap('a2', activate(z2, activation));
  const p2 = tap('p2', pool(a2, pooling, 2));

  const features = drop(flatten(p2));
  const denseWeights = tap('denseWeights', weights.denseWeights);
  const denseBias = tap('denseBias', weights.denseBias);
  const logits = tap('logits', dense(features, denseWeights, denseBias));
  return logits;
}

/** How surprised the network is by the right answers, in nats. */
export function lossOf(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const loss = tap('loss', softmaxCrossEntropy(logits, labels));
  return loss;
}

export function read(logits: tf.Tensor2D): tf.Tensor2D {
  const probabilities = tf.softmax(logits);
  return probabilities;
}

/** Holds large weights back: half the sum of their squares, times `strength`. Biases stay free. */
export function penalty({ kernel1, kernel2, denseWeights }: Weights, strength: number): tf.Scalar {
  return tf.mul(l2([kernel1, kernel2, denseWeights]), strength);
}
