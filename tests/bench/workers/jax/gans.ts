import { nn, numpy as np } from '@jax-js/jax';
import type { JaxArray, Weights } from './arrays.ts';
import { convolve, dense, widen } from './models.ts';

/** A GAN's two networks. */
export interface Players {
  generate(weights: Weights, z: JaxArray): JaxArray;
  discriminate(weights: Weights, x: JaxArray): JaxArray;
}

export const gans: Record<string, Players> = {
  gan2d: {
    generate: (weights, z) => layers2d(weights, z, 'generator'),
    discriminate: (weights, x) => layers2d(weights, x, 'discriminator'),
  },
  dcgan: {
    generate(weights, z) {
      const [batch = 1] = z.shape;
      const seeds = nn.relu(dense(z, weights, 'generator1')).reshape([batch, 7, 7, 32]);
      const medium = nn.relu(widen(np.transpose(seeds, [0, 3, 1, 2]), weights, 'generator2'));
      return np.tanh(widen(medium, weights, 'generator3'));
    },
    discriminate(weights, x) {
      const [batch = 1] = x.shape;
      const border: [number, number][] = [
        [1, 1],
        [1, 1],
      ];
      const medium = nn.leakyRelu(convolve(x, weights, 'discriminator1', 2, border), 0.2);
      const small = nn.leakyRelu(convolve(medium, weights, 'discriminator2', 2, border), 0.2);
      return dense(np.transpose(small, [0, 2, 3, 1]).reshape([batch, 1568]), weights, 'discriminator3');
    },
  },
};

function layers2d(weights: Weights, x: JaxArray, player: string): JaxArray {
  const hidden1 = nn.relu(dense(x, weights, `${player}1`));
  const hidden2 = nn.relu(dense(hidden1, weights, `${player}2`));
  return dense(hidden2, weights, `${player}3`);
}
