import { activate, dense, pool } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import { lstm } from '#src/nn/lstm.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import * as tf from '#src/nn/tf.ts';
import type { Pieces } from './workload.ts';

/** As the book writes it, with the layers, losses and optimizers of `nn`. */
export const own: Pieces = {
  createAdam(variables, learningRate) {
    const adam = createOptimizer('adam', variables);
    return { ...adam, apply: (gradients) => adam.apply(gradients, learningRate) };
  },
  dense: (x, weights, bias) => dense(x as tf.Tensor2D, weights, bias),
  // As `conv2d` of nn, which has stride 1 and padding alone.
  convolve: (x, kernel, bias, stride, padding) => tf.add(tf.conv2d(x, kernel as tf.Tensor4D, stride, padding), bias),
  widen(x, kernel, bias) {
    const [batch, height, width] = x.shape;
    const shape: [number, number, number, number] = [batch, 2 * height, 2 * width, kernel.shape[2] ?? 1];
    return tf.add(tf.conv2dTranspose(x, kernel as tf.Tensor4D, shape, 2, 'same'), bias);
  },
  activate,
  pool: (x) => pool(x, 'max', 2),
  lstm: (x, kernel, recurrent, bias) => lstm(x, { kernel, recurrent, bias }).states,
  softmaxCrossEntropy,
  sigmoidCrossEntropy: (logits, targets) => tf.mean(tf.sub(tf.softplus(logits), tf.mul(targets, logits))),
};
