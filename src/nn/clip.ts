import type { Gradients } from '#src/nn/gradients.ts';
import * as tf from '#src/nn/tf.ts';

/**
 * All gradients shortened by one factor, so that together they are no longer than `limit`; shorter ones stay.
 *
 * @param limit above 0.
 * @returns new tensors, and the norm before: the root of the sum of all squares.
 * @see Pascanu et al. 2013 (arXiv:1211.5063), algorithm 1.
 */
export function clipByGlobalNorm(gradients: Gradients, limit: number): { gradients: Gradients; norm: tf.Scalar } {
  return tf.tidy(() => {
    const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
    const norm = tf.sqrt(squares.reduce((total, square) => tf.add(total, square))) as tf.Scalar;
    const longest = tf.add(tf.relu(tf.sub(norm, limit)), limit);
    const factor = tf.div(limit, longest);
    const clipped = Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, factor)] as const);
    return { gradients: Object.fromEntries(clipped), norm };
  });
}
