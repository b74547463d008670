import { computeGradients } from '#src/nn/gradients.ts';
import { activate } from '#src/nn/layers.ts';
import { tap } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';

export type Activation = 'tanh' | 'linear' | 'relu';

/** One set of weights for all time steps: W_x `[features, units]`, W_h `[units, units]`, b `[units]`. */
export type Weights = Readonly<Record<'kernel' | 'recurrent' | 'bias', tf.Tensor>>;

/**
 * The cell, once for each input: a network as deep as the sequence is long. `tap` gives each state its name, so that
 * the gradient that reaches it can be seen.
 *
 * @param sequence inputs, each `[1, features]`
 * @returns states, each `[1, units]`; before the first there is 0.
 */
export function unroll({ kernel, recurrent, bias }: Weights, sequence: readonly tf.Tensor[], activation: Activation) {
  let h: tf.Tensor = tf.zeros([1, bias.size]);
  return sequence.map((x, time) => {
    const z = tf.add(tf.add(tf.matMul(x, kernel), tf.matMul(h, recurrent)), bias);
    h = tap(`h${time}`, activation === 'linear' ? z : activate(z, activation));
    return h;
  });
}

/** Where the last state should be. */
export interface Target {
  /** `[1, units]`: where it is now. */
  from: tf.Tensor;
  /** `[1, units]`: from there to the target, a way of length 1. The gradient by the last state is as long. */
  way: tf.Tensor;
}

/** Half the squared distance of the last state from its target. */
export function lossOf(states: readonly tf.Tensor[], { from, way }: Target): tf.Scalar {
  const moved = tf.sub(states.at(-1) as tf.Tensor, from);
  const squaredDistance = tf.sum(tf.square(tf.sub(moved, way)));
  return tf.mul(squaredDistance, 0.5);
}

/** Backpropagation through time: from the loss back through every copy of the cell to the weights that all share. */
export function backpropagate(
  weights: Readonly<Record<keyof Weights, tf.Variable>>,
  sequence: readonly tf.Tensor[],
  activation: Activation,
  target: Target,
) {
  const { loss, gradients } = computeGradients(() => lossOf(unroll(weights, sequence, activation), target), weights);
  return { loss, gradients };
}

/** One step of gradient descent. */
export function descend(weights: Weights, gradients: Readonly<Record<string, tf.Tensor>>, rate: number): Weights {
  const step = (name: keyof Weights) => tf.sub(weights[name], tf.mul(gradients[name] as tf.Tensor, rate));
  return { kernel: step('kernel'), recurrent: step('recurrent'), bias: step('bias') };
}
