import { glorotUniform, zeros } from '#src/nn/initializers.ts';
import { dense, embed } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import { lstm } from '#src/nn/lstm.ts';
import type { Random } from '#src/nn/random.ts';
import { lstmWeights } from '#src/nn/recurrentWeights.ts';
import { tap } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';

/** What the network learns, and nothing else. */
export type Weights = ReturnType<typeof createWeights>;

export interface Size {
  /** How many items can be recommended, and how many symbols sessions are written in: items, and a beginning. */
  items: number;
  symbols: number;
  embedding: number;
  units: number;
  layers: number;
}

/** Random at first: the same seed gives the same weights. */
export function createWeights({ items, symbols, embedding, units, layers }: Size, random: Random) {
  const lower = lstmWeights(embedding, units, random);
  const upper = layers > 1 ? lstmWeights(units, units, random) : undefined;
  return {
    embedding: tf.variable(glorotUniform([symbols, embedding], random)),
    lstmKernel: tf.variable(lower.kernel),
    lstmRecurrent: tf.variable(lower.recurrent),
    lstmBias: tf.variable(lower.bias),
    ...(upper && {
      upperKernel: tf.variable(upper.kernel),
      upperRecurrent: tf.variable(upper.recurrent),
      upperBias: tf.variable(upper.bias),
    }),
    denseWeights: tf.variable(glorotUniform([units, items], random)),
    denseBias: tf.variable(zeros([items])),
  };
}

/**
 * After each click a score for each item: how likely it is to be clicked next.
 *
 * @param sessions `[batch, time]`, int32: a beginning, then the items clicked, each by its number.
 * @param drop leaves out some units while training.
 * @returns logits, `[batch time, items]`
 */
export function forward(weights: Weights, sessions: tf.Tensor2D, drop = (states: tf.Tensor3D) => states): tf.Tensor2D {
  const x = tap('x', sessions);
  const embedding = tap('embedding', weights.embedding);
  const embedded = tap('embedded', embed(embedding, x));

  const lstmKernel = tap('lstmKernel', weights.lstmKernel);
  const lstmRecurrent = tap('lstmRecurrent', weights.lstmRecurrent);
  const lower = { kernel: lstmKernel, recurrent: lstmRecurrent, bias: tap('lstmBias', weights.lstmBias) };
  let { states } = lstm(embedded, lower, { name: 'lstm' });
  const { upperKernel, upperRecurrent, upperBias } = weights;
  if (upperKernel && upperRecurrent && upperBias) {
    const upper = { kernel: upperKernel, recurrent: upperRecurrent, bias: upperBias };
    states = lstm(drop(states), upper, { name: 'upper' }).states;
  }

  const [batch, time, units] = states.shape;
  const features: tf.Tensor2D = tf.reshape(drop(states), [batch * time, units]);
  const denseWeights = tap('denseWeights', weights.denseWeights);
  const logits = tap('logits', dense(features, denseWeights, tap('denseBias', weights.denseBias)));
  return logits;
}

/** How surprised the network is by what was clicked next, in nats; `counts` is 0 where there was no click. */
export function lossOf(logits: tf.Tensor2D, next: tf.Tensor1D, counts: tf.Tensor1D): tf.Scalar {
  const loss = tap('loss', softmaxCrossEntropy(logits, next, counts));
  return loss;
}

export function recommend(logits: tf.Tensor2D): tf.Tensor2D {
  const probabilities = tf.softmax(logits);
  return probabilities;
}
