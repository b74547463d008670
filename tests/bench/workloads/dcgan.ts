import { flatten } from '#src/nn/layers.ts';
import { reshape, type Tensor4D } from '#src/nn/tf.ts';
import { given } from '../data.ts';
import { createGan } from './training.ts';
import type { Pieces } from './workload.ts';

/** Pictures of 28 by 28: two transposed convolutions against two convolutions, all 4 by 4 with stride 2. */
export const createWorkload = (seed: number, pieces: Pieces) => {
  const { dense, convolve, widen, activate } = pieces;
  return createGan(
    given.dcgan(seed),
    pieces,
    (weights, z) => {
      const [batch] = z.shape;
      const seeds = activate(dense(z, weights.generator1Weights, weights.generator1Bias), 'relu');
      const small: Tensor4D = reshape(seeds, [batch, 7, 7, 32]);
      const medium = activate(widen(small, weights.generator2Kernel, weights.generator2Bias), 'relu');
      return activate(widen(medium, weights.generator3Kernel, weights.generator3Bias), 'tanh');
    },
    (weights, x) => {
      const picture = x as Tensor4D;
      const { discriminator1Kernel, discriminator1Bias, discriminator2Kernel, discriminator2Bias } = weights;
      const medium = activate(convolve(picture, discriminator1Kernel, discriminator1Bias, 2, 'same'), 'leakyRelu');
      const small = activate(convolve(medium, discriminator2Kernel, discriminator2Bias, 2, 'same'), 'leakyRelu');
      return dense(flatten(small), weights.discriminator3Weights, weights.discriminator3Bias);
    },
  );
};
