import { activate, dense, flatten } from '#src/nn/layers.ts';
import * as tf from '#src/nn/tf.ts';
import { given } from '../data.ts';
import { convolveAndPool } from './convolution.ts';
import { createSupervised } from './training.ts';
import { sigmoidCrossEntropy, type Pieces } from './workload.ts';

/** Colour pictures of 64 by 64 in, one of two classes out: the article's four convolutions and two dense layers. */
export const createWorkload = (seed: number, pieces: Pieces) =>
  createSupervised(given.rgb64(seed), pieces, (weights, { x, labels }) => {
    const layer1 = convolveAndPool(x as tf.Tensor4D, weights.conv1Kernel, weights.conv1Bias);
    const layer2 = convolveAndPool(layer1, weights.conv2Kernel, weights.conv2Bias);
    const layer3 = convolveAndPool(layer2, weights.conv3Kernel, weights.conv3Bias);
    const layer4 = convolveAndPool(layer3, weights.conv4Kernel, weights.conv4Bias);
    const hidden = activate(dense(flatten(layer4), weights.dense1Weights, weights.dense1Bias), 'relu');
    const logits = dense(hidden, weights.dense2Weights, weights.dense2Bias);
    return sigmoidCrossEntropy(logits, tf.reshape(tf.cast(labels, 'float32'), logits.shape));
  });
