import { flatten } from '#src/nn/layers.ts';
import * as tf from '#src/nn/tf.ts';
import { given } from '../data.ts';
import { createSupervised } from './training.ts';
import type { Pieces } from './workload.ts';

/** Colour pictures of 64 by 64 in, one of two classes out: the article's four convolutions and two dense layers. */
export const createWorkload = (seed: number, pieces: Pieces) => {
  const { convolve, activate, pool, dense, sigmoidCrossEntropy } = pieces;
  const layer = (x: tf.Tensor4D, kernel: tf.Tensor, bias: tf.Tensor) =>
    pool(activate(convolve(x, kernel, bias, 1, 'valid'), 'relu'));
  return createSupervised(given.rgb64(seed), pieces, (weights, { x, labels }) => {
    const layer1 = layer(x as tf.Tensor4D, weights.conv1Kernel, weights.conv1Bias);
    const layer2 = layer(layer1, weights.conv2Kernel, weights.conv2Bias);
    const layer3 = layer(layer2, weights.conv3Kernel, weights.conv3Bias);
    const layer4 = layer(layer3, weights.conv4Kernel, weights.conv4Bias);
    const hidden = activate(dense(flatten(layer4), weights.dense1Weights, weights.dense1Bias), 'relu');
    const logits = dense(hidden, weights.dense2Weights, weights.dense2Bias);
    return sigmoidCrossEntropy(logits, tf.reshape(tf.cast(labels, 'float32'), logits.shape));
  });
};
