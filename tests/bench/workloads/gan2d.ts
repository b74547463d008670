import { given } from '../data.ts';
import { createGan } from './training.ts';
import type { Pieces } from './workload.ts';

/** Points of the plane: generator 2-14-14-2, discriminator 2-14-14-1, both with ReLU. */
export const createWorkload = (seed: number, pieces: Pieces) => {
  const { dense, activate } = pieces;
  return createGan(
    given.gan2d(seed),
    pieces,
    (weights, z) => {
      const hidden1 = activate(dense(z, weights.generator1Weights, weights.generator1Bias), 'relu');
      const hidden2 = activate(dense(hidden1, weights.generator2Weights, weights.generator2Bias), 'relu');
      return dense(hidden2, weights.generator3Weights, weights.generator3Bias);
    },
    (weights, x) => {
      const hidden1 = activate(dense(x, weights.discriminator1Weights, weights.discriminator1Bias), 'relu');
      const hidden2 = activate(dense(hidden1, weights.discriminator2Weights, weights.discriminator2Bias), 'relu');
      return dense(hidden2, weights.discriminator3Weights, weights.discriminator3Bias);
    },
  );
};
