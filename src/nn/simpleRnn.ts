import { activate } from '#src/nn/layers.ts';
import { project, runSequence } from '#src/nn/sequence.ts';
import type { Recurrence, RecurrentWeights } from '#src/nn/sequence.ts';
import { alongTime, recurrentGradient, sigmoidSlope, statesBefore, tanhSlope } from '#src/nn/sequenceParts.ts';
import * as tf from '#src/nn/tf.ts';

export type RnnActivation = 'tanh' | 'relu' | 'sigmoid';

/**
 * A plain recurrent network over a whole sequence: `h = σ(x W + h U + b)` at each step.
 *
 * @param x `[batch, time, features]`, or numbers of symbols, `[batch, time]` of int32 (see `project`).
 * @param activation σ.
 * @param initial `[batch, units]`, before the first step; zeros without it. It is a constant: no gradient goes to it.
 * @param name what a trace calls this layer: it then holds `<name>/hiddenState`, `[batch, time, units]`, and the gradient
 *   by it through time.
 * @returns states: `[batch, time, units]`, the hidden state after each step.
 * @see Elman 1990.
 */
export function simpleRnn(
  x: tf.Tensor,
  { kernel, recurrent, bias }: RecurrentWeights,
  {
    activation = 'tanh',
    initial,
    name = 'rnn',
  }: { activation?: RnnActivation; initial?: tf.Tensor; name?: string } = {},
): { states: tf.Tensor3D } {
  const inputs = { projected: project(x, kernel), recurrent, bias, ...(initial && { hidden: initial }) };
  return { states: runSequence(simpleRnnRecurrence, inputs, name, { activation }) };
}

/** The same in tfjs's operations, four for each time step and way. */
export const simpleRnnRecurrence: Recurrence = {
  name: 'SimpleRnn',
  parts: [],

  forward({ projected, recurrent, bias, hidden }, { activation }) {
    let h = hidden ?? tf.zeros([projected.shape[0] ?? 0, recurrent.shape[0] ?? 0]);
    const steps = tf.unstack(tf.add(projected, bias), 1).map((step) => {
      h = activate(tf.add(step, tf.matMul(h, recurrent)), activation as RnnActivation);
      return h;
    });
    return { states: alongTime(steps) };
  },

  backward({ recurrent, hidden, states, dy }, { activation }) {
    const slopes = tf.unstack(slopeOf(states, activation as RnnActivation), 1);
    const upstream = tf.unstack(dy, 1);
    let dh = tf.zeros([dy.shape[0] ?? 0, recurrent.shape[0] ?? 0]);
    const gradients = slopes.map(() => ({ z: dh, hiddenState: dh }));
    for (let time = slopes.length - 1; time >= 0; time -= 1) {
      const hiddenState = tf.add(dh, upstream[time] as tf.Tensor);
      const z = tf.mul(hiddenState, slopes[time] as tf.Tensor);
      gradients[time] = { z, hiddenState };
      dh = tf.matMul(z, recurrent, false, true);
    }
    const z = alongTime(gradients.map((step) => step.z));
    return {
      projected: z,
      recurrent: recurrentGradient(statesBefore(states, hidden), z),
      bias: tf.sum(z, [0, 1]),
      through: { hiddenState: alongTime(gradients.map((step) => step.hiddenState)) },
    };
  },
};

/** Of the activation, from its values. */
function slopeOf(y: tf.Tensor, activation: RnnActivation): tf.Tensor {
  switch (activation) {
    case 'tanh':
      return tanhSlope(y);
    case 'sigmoid':
      return sigmoidSlope(y);
    case 'relu':
      return tf.step(y);
  }
}
