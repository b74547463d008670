import { glorotUniform, zeros } from '#src/nn/initializers.ts';
import { dense, embed } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import { lstm } from '#src/nn/lstm.ts';
import type { Random } from '#src/nn/random.ts';
import { lstmWeights } from '#src/nn/recurrentWeights.ts';
import { lastState } from '#src/nn/sequence.ts';
import { tap } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';

/** What the network learns, and nothing else; a second LSTM and a shortcut only where they are wanted. */
export type Weights = ReturnType<typeof createWeights>;

export type Size = Readonly<Record<'vocabulary' | 'embedding' | 'units' | 'layers' | 'classes', number>>;

/** Random at first, the words' vectors small: the same seed gives the same weights. */
export function createWeights(size: Size, withShortcut: boolean, random: Random) {
  const { vocabulary, embedding, units, layers, classes } = size;
  const vectors = random.normals((vocabulary - 1) * embedding).map((normal) => 0.05 * normal);
  const keeping = { forgetBias: 3 };
  const first = lstmWeights(embedding, units, random, keeping);
  const second = layers === 2 ? lstmWeights(units, units, random, keeping) : undefined;
  return {
    embedding: tf.variable(tf.tensor(vectors, [vocabulary - 1, embedding])),
    lstmKernel: tf.variable(first.kernel),
    lstmRecurrent: tf.variable(first.recurrent),
    lstmBias: tf.variable(first.bias),
    ...(second && {
      upperKernel: tf.variable(second.kernel),
      upperRecurrent: tf.variable(second.recurrent),
      upperBias: tf.variable(second.bias),
    }),
    denseWeights: tf.variable(glorotUniform([units, classes], random)),
    denseBias: tf.variable(zeros([classes])),
    ...(withShortcut && { shortcutWeights: tf.variable(glorotUniform([embedding, classes], random)) }),
  };
}

/**
 * From sentences to a score for each class. Padding, number 0, stands in front of a short one, so that the last state
 * has always read the sentence to its end; its vector is 0 and stays so.
 *
 * @param tokens `[batch, time, 2]`, int32: a word's own number, and one that it shares with its kin.
 * @param drop leaves out some numbers of the last state while training.
 * @returns logits, `[batch, classes]`
 */
export function forward(learnt: Weights, tokens: tf.Tensor, drop = (state: tf.Tensor2D) => state): tf.Tensor2D {
  const { embedding, lstmKernel, lstmRecurrent, lstmBias, denseWeights, denseBias, ...more } = named(learnt);
  const rows = tf.concat([tf.zeros([1, embedding.shape[1] ?? 0]), embedding]);
  const embedded = tap('embedded', tf.sum<tf.Tensor3D>(embed(rows, tokens), 2));
  const below = lstm(embedded, { kernel: lstmKernel, recurrent: lstmRecurrent, bias: lstmBias }).states;
  const states = tap('states', readAgain(more, below));
  const fromState = dense(drop(lastState(states)), denseWeights, denseBias);
  /* The shortcut knows what words there are, not in which order. */
  const bag = tap('bag', tf.sum(embedded, 1));
  const logits = more.shortcutWeights ? tf.add(fromState, tf.matMul(bag, more.shortcutWeights)) : fromState;
  return tap('logits', logits as tf.Tensor2D);
}

/** A second layer reads the states of the first. */
function readAgain({ upperKernel, upperRecurrent, upperBias }: Partial<Weights>, states: tf.Tensor3D) {
  if (!upperKernel || !upperRecurrent || !upperBias) return states;
  return lstm(states, { kernel: upperKernel, recurrent: upperRecurrent, bias: upperBias }, { name: 'upper' }).states;
}

/** How surprised the network is by the right classes, in nats. */
export function lossOf(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const loss = softmaxCrossEntropy(logits, labels);
  return tap('loss', loss);
}

export function read(logits: tf.Tensor2D): tf.Tensor2D {
  const probabilities = tf.softmax(logits);
  return probabilities;
}

function named(weights: Weights) {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, tap(name, weight)])) as Weights;
}
