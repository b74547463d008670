import { glorotUniform, zeros } from '#src/nn/initializers.ts';
import { dense, embed } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import { advanceLstm, lstm, type LstmState } from '#src/nn/lstm.ts';
import type { Random } from '#src/nn/random.ts';
import { lstmWeights } from '#src/nn/recurrentWeights.ts';
import { tap } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';

/** What the network learns, and nothing else. */
export type Weights = ReturnType<typeof createWeights>;

/** Random at first: the same seed gives the same weights. */
export function createWeights(vocabulary: number, embedding: number, units: number, random: Random) {
  const { kernel, recurrent, bias } = lstmWeights(embedding, units, random);
  return {
    embedding: tf.variable(tf.tensor(random.normals(vocabulary * embedding), [vocabulary, embedding])),
    lstmKernel: tf.variable(kernel),
    lstmRecurrent: tf.variable(recurrent),
    lstmBias: tf.variable(bias),
    denseWeights: tf.variable(glorotUniform([units, vocabulary], random)),
    denseBias: tf.variable(zeros([vocabulary])),
  };
}

/**
 * Reads text and says, after each character, what could come next. `tap` gives a value its name, so that the page can
 * show it; the gates and states inside the LSTM have names of their own.
 *
 * @param symbols `[batch, time]`, int32: characters by their number in the vocabulary.
 * @param drop leaves out some of the hidden units while training.
 * @returns logits, `[batch * time, vocabulary]`
 */
export function forward(weights: Weights, symbols: tf.Tensor, drop = (states: tf.Tensor3D) => states): tf.Tensor2D {
  const embedding = tap('embedding', weights.embedding);
  const inputs = tap('x', embed(embedding, symbols));

  const kernel = tap('lstmKernel', weights.lstmKernel);
  const recurrent = tap('lstmRecurrent', weights.lstmRecurrent);
  const bias = tap('lstmBias', weights.lstmBias);
  const { states: hiddenStates } = lstm(inputs, { kernel, recurrent, bias });

  const heard = drop(hiddenStates);
  const rows: tf.Tensor2D = tf.reshape(heard, [-1, heard.shape[2]]);
  const logits = tap(
    'logits',
    dense(rows, tap('denseWeights', weights.denseWeights), tap('denseBias', weights.denseBias)),
  );
  return logits;
}

/** How surprised the network is by the characters that do come next, in nats. */
export function lossOf(logits: tf.Tensor2D, next: tf.Tensor): tf.Scalar {
  const loss = tap('loss', softmaxCrossEntropy(logits, next));
  return loss;
}

/** @returns how likely each character is to come next, `[batch * time, vocabulary]`. */
export function predict(logits: tf.Tensor2D): tf.Tensor2D {
  const probabilities = tf.softmax(logits);
  return probabilities;
}

/** Writing: one character in, the state and what could come next out. */
export function advance(weights: Weights, symbol: tf.Tensor, from: LstmState) {
  const { lstmKernel: kernel, lstmRecurrent: recurrent, lstmBias: bias } = weights;
  const state = advanceLstm(embed(weights.embedding, symbol), { kernel, recurrent, bias }, from);
  const logits = dense(state.hidden as tf.Tensor2D, weights.denseWeights, weights.denseBias);
  return { state, logits };
}
