import { train } from '@tensorflow/tfjs-core';
import type { Gradients, Variables } from '#src/nn/gradients.ts';
import * as tf from '#src/nn/tf.ts';
import type { Pieces, Updater } from './workload.ts';

/** As one writes it in tfjs alone. It uses nothing of `nn` but the names of tfjs's operations: `nn` may change. */
export const stock: Pieces = {
  createAdam: createStockAdam,
  dense: (x, weights, bias) => tf.add(tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D), bias),
  convolve: (x, kernel, bias, stride, padding) => tf.add(tf.conv2d(x, kernel as tf.Tensor4D, stride, padding), bias),
  widen(x, kernel, bias) {
    const [batch, height, width] = x.shape;
    const shape: [number, number, number, number] = [batch, 2 * height, 2 * width, kernel.shape[2] ?? 1];
    return tf.add(tf.conv2dTranspose(x, kernel as tf.Tensor4D, shape, 2, 'same'), bias);
  },
  activate(x, kind) {
    if (kind === 'leakyRelu') return tf.leakyRelu(x, 0.2);
    return kind === 'relu' ? tf.relu(x) : tf.tanh(x);
  },
  pool: (x) => tf.maxPool(x, 2, 2, 'valid'),
  lstm: unrolledLstm,
  softmaxCrossEntropy(logits, labels) {
    // Cast, not asked for as float32: tfjs's WASM would write integers and call them floats.
    const truth = tf.cast(tf.oneHot(labels, logits.shape[1]), 'float32');
    return tf.neg(tf.mean(tf.sum(tf.mul(truth, tf.logSoftmax(logits)), 1)));
  },
  sigmoidCrossEntropy: (logits, targets) => tf.mean(tf.sub(tf.softplus(logits), tf.mul(targets, logits))),
};

function createStockAdam(variables: Variables, learningRate: number): Updater {
  const adam = train.adam(learningRate);
  const refuse = () => {
    throw new Error('The baseline is measured from its first step on; it keeps no checkpoints.');
  };
  return {
    apply(gradients: Gradients) {
      const named = Object.entries(variables).flatMap(([name, { name: tfjsName }]) => {
        const tensor = gradients[name];
        return tensor ? [{ name: tfjsName, tensor }] : [];
      });
      adam.applyGradients(named);
    },
    state: refuse,
    restore: refuse,
    dispose: () => adam.dispose(),
  };
}

function unrolledLstm(x: tf.Tensor, kernel: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor): tf.Tensor3D {
  const [batch = 1] = x.shape;
  const units = recurrent.shape[0] ?? 1;
  let [hidden, cell]: [tf.Tensor, tf.Tensor] = [tf.zeros([batch, units]), tf.zeros([batch, units])];
  const states = tf.unstack(tf.add(project(x, kernel), bias), 1).map((now) => {
    const sums = tf.add(now, tf.matMul(hidden, recurrent));
    const [input, forget, candidate, output] = tf.split(sums, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    cell = tf.add(tf.mul(tf.sigmoid(forget), cell), tf.mul(tf.sigmoid(input), tf.tanh(candidate)));
    hidden = tf.mul(tf.sigmoid(output), tf.tanh(cell));
    return hidden;
  });
  return tf.stack(states, 1) as tf.Tensor3D;
}

/** The input's share of every gate, for all times at once. tfjs's own WASM backend cannot learn from a look-up. */
function project(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  const [batch = 1, time = 1] = x.shape;
  const [features = 1, width = 1] = kernel.shape;
  if (x.rank === 2 && tf.hasKernel('UnsortedSegmentSum')) return tf.gather(kernel, x);
  const dense = x.rank === 2 ? tf.cast(tf.oneHot(x, features), 'float32') : x;
  return tf.reshape(tf.matMul(tf.reshape(dense, [batch * time, features]), kernel), [batch, time, width]);
}
