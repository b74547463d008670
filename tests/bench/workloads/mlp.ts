import * as tf from '#src/nn/tf.ts';
import { given } from '../data.ts';
import { createSupervised } from './training.ts';
import type { Pieces } from './workload.ts';

/** Two numbers in, one class out: 2-8-8-1 with tanh. */
export const createWorkload = (seed: number, pieces: Pieces) =>
  createSupervised(given.mlp(seed), pieces, (weights, { x, labels }) => {
    const { dense, activate, sigmoidCrossEntropy } = pieces;
    const hidden1 = activate(dense(x, weights.dense1Weights, weights.dense1Bias), 'tanh');
    const hidden2 = activate(dense(hidden1, weights.dense2Weights, weights.dense2Bias), 'tanh');
    const logits = dense(hidden2, weights.dense3Weights, weights.dense3Bias);
    return sigmoidCrossEntropy(logits, tf.reshape(tf.cast(labels, 'float32'), logits.shape));
  });
