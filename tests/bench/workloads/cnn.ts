import { flatten } from '#src/nn/layers.ts';
import type { Tensor4D } from '#src/nn/tf.ts';
import { given } from '../data.ts';
import { createSupervised } from './training.ts';
import type { Pieces } from './workload.ts';

/** Pictures of 28 by 28 in, ten classes out: 8 and 16 kernels of 3 by 3, each followed by a pool. */
export const createWorkload = (seed: number, pieces: Pieces) =>
  createSupervised(given.cnn(seed), pieces, (weights, { x, labels }) => {
    const { convolve, activate, pool, dense, softmaxCrossEntropy } = pieces;
    const z1 = convolve(x as Tensor4D, weights.conv1Kernel, weights.conv1Bias, 1, 'valid');
    const layer1 = pool(activate(z1, 'relu'));
    const z2 = convolve(layer1, weights.conv2Kernel, weights.conv2Bias, 1, 'valid');
    const layer2 = pool(activate(z2, 'relu'));
    return softmaxCrossEntropy(dense(flatten(layer2), weights.denseWeights, weights.denseBias), labels);
  });
