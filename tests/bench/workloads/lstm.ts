import * as tf from '#src/nn/tf.ts';
import { given } from '../data.ts';
import { createSupervised } from './training.ts';
import type { Pieces } from './workload.ts';

/** Sequences of 20 words in, ten classes out: an embedding of 500 words, two LSTMs of 32 units, the last state read. */
export const createWorkload = (seed: number, pieces: Pieces) =>
  createSupervised(given.lstm(seed), pieces, (weights, { x, labels }) => {
    const embedded = tf.gather(weights.embedding, x);
    const layer1 = pieces.lstm(embedded, weights.lstm1Kernel, weights.lstm1Recurrent, weights.lstm1Bias);
    const layer2 = pieces.lstm(layer1, weights.lstm2Kernel, weights.lstm2Recurrent, weights.lstm2Bias);
    const [batch, time, units] = layer2.shape;
    const last = tf.reshape(tf.slice(layer2, [0, time - 1, 0], [batch, 1, units]), [batch, units]);
    return pieces.softmaxCrossEntropy(pieces.dense(last, weights.denseWeights, weights.denseBias), labels);
  });
