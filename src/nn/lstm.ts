import { fastest, lastState, project, runSequence } from '#src/nn/sequence.ts';
import type { Recurrence, RecurrentWeights } from '#src/nn/sequence.ts';
import {
  alongTime,
  partOf,
  partsOf,
  recurrentGradient,
  sigmoidSlope,
  statesBefore,
  tanhSlope,
} from '#src/nn/sequenceParts.ts';
import * as tf from '#src/nn/tf.ts';

/** What an LSTM carries from one time step to the next, each `[batch, units]`. */
export interface LstmState {
  hidden: tf.Tensor;
  cell: tf.Tensor;
}

/**
 * Long short-term memory over a whole sequence. At each step, with σ the sigmoid and W, U, b of each gate its own:
 *
 *     i, f, o = σ(x W + h U + b)     input, forget and output gate
 *     k = tanh(x W + h U + b)        candidate
 *     c = f c + i k                  cell state
 *     h = o tanh(c)                  hidden state
 *
 * @param x `[batch, time, features]`, or numbers of symbols, `[batch, time]` of int32 (see `project`).
 * @param weights of the gates in the order i, f, k, o, as in Keras and PyTorch.
 * @param initial before the first step; zeros without it. It is a constant: no gradient goes to it.
 * @param name what a trace calls this layer: it then holds `<name>/inputGate`, `forgetGate`, `candidate`, `outputGate`,
 *   `cellState` and `hiddenState`, each `[batch, time, units]`, and the gradients by both states through time.
 * @returns states: `[batch, time, units]`, the hidden state after each step.
 * @see Hochreiter and Schmidhuber 1997; Gers et al. 2000 for the forget gate.
 */
export function lstm(
  x: tf.Tensor,
  { kernel, recurrent, bias }: RecurrentWeights,
  { initial, name = 'lstm' }: { initial?: LstmState; name?: string } = {},
): { states: tf.Tensor3D } {
  const inputs = { projected: project(x, kernel), recurrent, bias, ...initial };
  return { states: runSequence(lstmRecurrence, inputs, name) };
}

/** Reads on from a state, to sample with: the state after the last step of `x`. It has no gradient. */
export function advanceLstm(x: tf.Tensor, { kernel, recurrent, bias }: RecurrentWeights, from?: LstmState): LstmState {
  const inputs = { projected: project(x, kernel), recurrent, bias, ...from };
  const { states, inside } = fastest(lstmRecurrence, inputs).forward(inputs, {});
  return { hidden: lastState(states), cell: lastState(partOf(inside ?? states, 4, states.shape[2] ?? 0)) };
}

/** The same in tfjs's operations, some twenty for each time step and way. */
export const lstmRecurrence: Recurrence = {
  name: 'Lstm',
  parts: ['inputGate', 'forgetGate', 'candidate', 'outputGate', 'cellState'],

  forward({ projected, recurrent, bias, hidden, cell }) {
    const shape = [projected.shape[0] ?? 0, recurrent.shape[0] ?? 0];
    let h = hidden ?? tf.zeros(shape);
    let c = cell ?? tf.zeros(shape);
    const steps = tf.unstack(tf.add(projected, bias), 1).map((step) => {
      const z = partsOf(tf.add(step, tf.matMul(h, recurrent)), 4);
      const [i, f, k, o] = z.map((x, gate) => (gate === 2 ? tf.tanh(x) : tf.sigmoid(x))) as Four;
      c = tf.add(tf.mul(f, c), tf.mul(i, k));
      h = tf.mul(o, tf.tanh(c));
      return { h, inside: tf.concat([i, f, k, o, c], 1) };
    });
    return {
      states: alongTime(steps.map((step) => step.h)),
      inside: alongTime(steps.map((step) => step.inside)),
    };
  },

  backward({ recurrent, hidden, cell, states, inside = states, dy }) {
    const units = recurrent.shape[0] ?? 0;
    const cells = partOf(inside, 4, units);
    const steps = tf.unstack(inside, 1);
    const cellsBefore = tf.unstack(statesBefore(cells, cell), 1);
    const upstream = tf.unstack(dy, 1);
    let dh = tf.zeros([dy.shape[0] ?? 0, units]);
    let dc = dh;
    const gradients = steps.map(() => ({ z: dh, hiddenState: dh, cellState: dh }));
    for (let time = steps.length - 1; time >= 0; time -= 1) {
      const [i, f, k, o, c] = partsOf(steps[time] as tf.Tensor, 5, units) as [...Four, tf.Tensor];
      const tanhCell = tf.tanh(c);
      const hiddenState = tf.add(dh, upstream[time] as tf.Tensor);
      const cellState = tf.add(dc, tf.mul(tf.mul(hiddenState, o), tanhSlope(tanhCell)));
      const z = tf.concat(
        [
          tf.mul(tf.mul(cellState, k), sigmoidSlope(i)),
          tf.mul(tf.mul(cellState, cellsBefore[time] as tf.Tensor), sigmoidSlope(f)),
          tf.mul(tf.mul(cellState, i), tanhSlope(k)),
          tf.mul(tf.mul(hiddenState, tanhCell), sigmoidSlope(o)),
        ],
        1,
      );
      gradients[time] = { z, hiddenState, cellState };
      dh = tf.matMul(z, recurrent, false, true);
      dc = tf.mul(cellState, f);
    }
    const z = alongTime(gradients.map((step) => step.z));
    return {
      projected: z,
      recurrent: recurrentGradient(statesBefore(states, hidden), z),
      bias: tf.sum(z, [0, 1]),
      through: {
        hiddenState: alongTime(gradients.map((step) => step.hiddenState)),
        cellState: alongTime(gradients.map((step) => step.cellState)),
      },
    };
  },
};

type Four = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
