import { train } from '@tensorflow/tfjs-core';
import type { Gradients, Variables } from '#src/nn/gradients.ts';
import * as tf from '#src/nn/tf.ts';
import type { Pieces, Updater } from './workload.ts';

/** As one writes it in tfjs alone: its own Adam, and an LSTM cell unrolled over time. */
export const stock: Pieces = { createAdam: createStockAdam, lstm: unrolledLstm };

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

function unrolledLstm(x: tf.Tensor3D, kernel: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor): tf.Tensor3D {
  const [batch] = x.shape;
  const units = recurrent.shape[0] ?? 1;
  let [hidden, cell]: [tf.Tensor, tf.Tensor] = [tf.zeros([batch, units]), tf.zeros([batch, units])];
  const states = tf.unstack(x, 1).map((now) => {
    const sums = tf.add(tf.add(tf.matMul(now, kernel), tf.matMul(hidden, recurrent)), bias);
    const [input, forget, candidate, output] = tf.split(sums, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    cell = tf.add(tf.mul(tf.sigmoid(forget), cell), tf.mul(tf.sigmoid(input), tf.tanh(candidate)));
    hidden = tf.mul(tf.sigmoid(output), tf.tanh(cell));
    return hidden;
  });
  return tf.stack(states, 1) as tf.Tensor3D;
}
