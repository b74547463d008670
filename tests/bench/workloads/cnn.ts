import { dense, flatten } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import type { Tensor4D } from '#src/nn/tf.ts';
import { given } from '../data.ts';
import { convolveAndPool } from './convolution.ts';
import { createSupervised } from './training.ts';
import type { Pieces } from './workload.ts';

/** Pictures of 28 by 28 in, ten classes out: 8 and 16 kernels of 3 by 3, each followed by a pool. */
export const createWorkload = (seed: number, pieces: Pieces) =>
  createSupervised(given.cnn(seed), pieces, (weights, { x, labels }) => {
    const layer1 = convolveAndPool(x as Tensor4D, weights.conv1Kernel, weights.conv1Bias);
    const layer2 = convolveAndPool(layer1, weights.conv2Kernel, weights.conv2Bias);
    return softmaxCrossEntropy(dense(flatten(layer2), weights.denseWeights, weights.denseBias), labels);
  });
