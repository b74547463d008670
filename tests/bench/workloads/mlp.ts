import { activate, dense } from '#src/nn/layers.ts';
import * as tf from '#src/nn/tf.ts';
import { given } from '../data.ts';
import { createSupervised } from './training.ts';
import { sigmoidCrossEntropy, type Pieces } from './workload.ts';

/** Two numbers in, one class out: 2-8-8-1 with tanh. */
export const createWorkload = (seed: number, pieces: Pieces) =>
  createSupervised(given.mlp(seed), pieces, (weights, { x, labels }) => {
    const hidden1 = activate(dense(x as tf.Tensor2D, weights.dense1Weights, weights.dense1Bias), 'tanh');
    const hidden2 = activate(dense(hidden1, weights.dense2Weights, weights.dense2Bias), 'tanh');
    const logits = dense(hidden2, weights.dense3Weights, weights.dense3Bias);
    return sigmoidCrossEntropy(logits, tf.reshape(tf.cast(labels, 'float32'), logits.shape));
  });
