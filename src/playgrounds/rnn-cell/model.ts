import { activate } from '#src/nn/layers.ts';
import type { RnnActivation } from '#src/nn/simpleRnn.ts';
import { tap } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';

/** The same three numbers at every time step. */
export interface Weights {
  /** W_h: what the cell takes of its own state. */
  recurrent: tf.Tensor;
  /** W_x: what it takes of the input. */
  kernel: tf.Tensor;
  bias: tf.Tensor;
}

/**
 * One time step of a recurrent network with one unit. `tap` gives a value its name, so that the page can show it.
 *
 * @param before the hidden state that the time step finds, h_{t-1}.
 * @param input x_t.
 * @param time counts from 0.
 * @returns the hidden state that it leaves, h_t.
 */
export function cell(
  { recurrent, kernel, bias }: Weights,
  before: tf.Tensor,
  input: tf.Tensor,
  activation: RnnActivation,
  time: number,
): tf.Tensor {
  const z = tap(`z${time}`, tf.add(tf.add(tf.mul(recurrent, before), tf.mul(kernel, input)), bias));
  const h = tap(`h${time}`, activate(z, activation));
  return h;
}

/** The cell reads a sequence, one input after the other: what it leaves is what it finds. */
export function read(
  weights: Weights,
  initialState: tf.Tensor,
  inputs: readonly tf.Tensor[],
  activation: RnnActivation,
): tf.Tensor {
  let state = initialState;
  inputs.forEach((input, time) => {
    state = cell(weights, state, input, activation, time);
  });
  return state;
}
