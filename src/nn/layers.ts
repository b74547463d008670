import type { Random } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';

export type Activation = 'relu' | 'leakyRelu' | 'tanh' | 'sigmoid';
export type Pooling = 'max' | 'average';

/**
 * Convolution as networks use it (a cross-correlation: the kernel is not flipped), stride 1, padded with zeros so that
 * height and width stay.
 *
 * @param x `[batch, height, width, channels]`
 * @param kernel `[kernelHeight, kernelWidth, channels, filters]`
 * @param bias `[filters]`
 * @returns `[batch, height, width, filters]`
 */
export function conv2d(x: tf.Tensor4D, kernel: tf.Tensor, bias: tf.Tensor): tf.Tensor4D {
  // Not tfjs's fused one, whose gradient by the input is computed even where nobody needs it. A program fuses the two.
  return tf.add(tf.conv2d(x, kernel as tf.Tensor4D, 1, 'same'), bias);
}

/**
 * The maximum or mean of each window of `size` by `size`; windows do not overlap, and rows or columns that fill no
 * whole window at the lower right are left out.
 *
 * @param x `[batch, height, width, channels]`
 * @returns `[batch, floor(height / size), floor(width / size), channels]`
 */
export function pool(x: tf.Tensor4D, kind: Pooling, size: number): tf.Tensor4D {
  return kind === 'max' ? tf.maxPool(x, size, size, 'valid') : tf.avgPool(x, size, size, 'valid');
}

/** `[batch, …]` to `[batch, features]`, row by row, channels last. */
export function flatten(x: tf.Tensor): tf.Tensor2D {
  const batch = x.shape[0] ?? 1;
  return tf.reshape(x, [batch, x.size / batch]);
}

/**
 * Fully connected: every output sees every input.
 *
 * @param x `[batch, features]`
 * @param weights `[features, units]`
 * @param bias `[units]`
 * @returns `[batch, units]`
 */
export function dense(x: tf.Tensor2D, weights: tf.Tensor, bias: tf.Tensor): tf.Tensor2D {
  return tf.add(tf.matMul(x, weights as tf.Tensor2D), bias);
}

/**
 * A learnt vector for each symbol.
 *
 * @param table `[vocabulary, size]`
 * @param symbols int32, from 0 to vocabulary - 1, of any shape.
 * @returns the symbols' shape with `size` behind it.
 */
export function embed<T extends tf.Tensor = tf.Tensor3D>(table: tf.Tensor, symbols: tf.Tensor): T {
  return tf.gather(table, symbols) as T;
}

/** Each number by itself; `leakyRelu` keeps a fifth of what is below 0. */
export function activate<T extends tf.Tensor>(x: T, kind: Activation): T {
  switch (kind) {
    case 'relu':
      return tf.relu(x);
    case 'leakyRelu':
      return tf.leakyRelu(x, 0.2);
    case 'tanh':
      return tf.tanh(x);
    case 'sigmoid':
      return tf.sigmoid(x);
  }
}

/**
 * Sets each number to 0 with probability `rate` and scales the rest by 1 / (1 - rate), so that the mean stays and
 * nothing need be done when the network is used.
 *
 * @param rate in [0, 1); at 0, `x` itself is returned.
 * @throws RangeError if `rate` is outside its range.
 * @see Srivastava et al. 2014, Dropout.
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, random: Random): T {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`A dropout rate is at least 0 and below 1, not ${String(rate)}.`);
  if (rate === 0) return x;
  const scale = 1 / (1 - rate);
  const mask = random.uniforms(x.size).map((uniform) => (uniform < rate ? 0 : scale));
  return tf.mul(x, tf.tensor(mask, x.shape));
}
