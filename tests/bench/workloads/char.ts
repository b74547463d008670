import * as tf from '#src/nn/tf.ts';
import { given, type Given } from '../data.ts';
import { createSupervised } from './training.ts';
import type { Pieces } from './workload.ts';

/** 64 letters in, after each the next one out: an LSTM of 128 units. */
export const createWorkload = (seed: number, pieces: Pieces) => createLetters(given.char(seed), pieces);

/** The same with 40 letters and 64 units. */
export const createSmaller = (seed: number, pieces: Pieces) => createLetters(given.lstm64(seed), pieces);

function createLetters(start: Given<keyof ReturnType<typeof given.char>['weights']>, pieces: Pieces) {
  return createSupervised(start, pieces, (weights, { x, labels }) => {
    const hidden = pieces.lstm(x, weights.lstmKernel, weights.lstmRecurrent, weights.lstmBias);
    const [batch, time, units] = hidden.shape;
    const logits = pieces.dense(tf.reshape(hidden, [batch * time, units]), weights.denseWeights, weights.denseBias);
    return pieces.softmaxCrossEntropy(logits, labels);
  });
}
