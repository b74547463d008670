import { activate, pool } from '#src/nn/layers.ts';
import * as tf from '#src/nn/tf.ts';

/** Convolution without padding, ReLU, and the largest of each two by two. */
export function convolveAndPool(x: tf.Tensor4D, kernel: tf.Tensor, bias: tf.Tensor): tf.Tensor4D {
  return pool(activate(convolve(x, kernel, bias, 1, 'valid'), 'relu'), 'max', 2);
}

export function convolve(
  x: tf.Tensor4D,
  kernel: tf.Tensor,
  bias: tf.Tensor,
  stride: number,
  padding: 'same' | 'valid',
): tf.Tensor4D {
  return tf.add(tf.conv2d(x, kernel as tf.Tensor4D, stride, padding), bias);
}
