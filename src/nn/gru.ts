import { project, runSequence } from '#src/nn/sequence.ts';
import type { Recurrence, RecurrentWeights } from '#src/nn/sequence.ts';
import { alongTime, partsOf, recurrentGradient, sigmoidSlope, statesBefore, tanhSlope } from '#src/nn/sequenceParts.ts';
import * as tf from '#src/nn/tf.ts';

/**
 * A gated recurrent unit over a whole sequence. At each step, with σ the sigmoid and W, U, b, d of each gate its own:
 *
 *     z, r = σ(x W + b + h U + d)          update and reset gate
 *     k = tanh(x W + b + r (h U + d))      candidate
 *     h = z h + (1 - z) k                  hidden state
 *
 * The reset gate acts on the product, not on the state before it: Keras's `reset_after`, PyTorch's GRU.
 *
 * @param x `[batch, time, features]`, or numbers of symbols, `[batch, time]` of int32 (see `project`).
 * @param weights of the gates in the order z, r, k, as in Keras (PyTorch has r first); bias `[2, 3 units]`: b, then d.
 * @param initial `[batch, units]`, before the first step; zeros without it. It is a constant: no gradient goes to it.
 * @param name what a trace calls this layer: it then holds `<name>/updateGate`, `resetGate`, `candidate`, `recalled`
 *   (what `h U + d` gives the candidate) and `hiddenState`, each `[batch, time, units]`, and the gradient by the hidden
 *   states through time.
 * @returns states: `[batch, time, units]`, the hidden state after each step.
 * @see Cho et al. 2014 (arXiv:1406.1078).
 */
export function gru(
  x: tf.Tensor,
  { kernel, recurrent, bias }: RecurrentWeights,
  { initial, name = 'gru' }: { initial?: tf.Tensor; name?: string } = {},
): { states: tf.Tensor3D } {
  const inputs = { projected: project(x, kernel), recurrent, bias, ...(initial && { hidden: initial }) };
  return { states: runSequence(gruRecurrence, inputs, name) };
}

type Three = [tf.Tensor, tf.Tensor, tf.Tensor];
type Four = [...Three, tf.Tensor];

/** The same in tfjs's operations, some twenty for each time step and way. */
export const gruRecurrence: Recurrence = {
  name: 'Gru',
  parts: ['updateGate', 'resetGate', 'candidate', 'recalled'],

  forward({ projected, recurrent, bias, hidden }) {
    let h = hidden ?? tf.zeros([projected.shape[0] ?? 0, recurrent.shape[0] ?? 0]);
    const [b, d] = tf.unstack(bias, 0) as [tf.Tensor, tf.Tensor];
    const steps = tf.unstack(tf.add(projected, b), 1).map((step) => {
      const [xz, xr, xk] = partsOf(step, 3) as Three;
      const [hz, hr, m] = partsOf(tf.add(tf.matMul(h, recurrent), d), 3) as Three;
      const z = tf.sigmoid(tf.add(xz, hz));
      const r = tf.sigmoid(tf.add(xr, hr));
      const k = tf.tanh(tf.add(xk, tf.mul(r, m)));
      h = tf.add(k, tf.mul(z, tf.sub(h, k)));
      return { h, inside: tf.concat([z, r, k, m], 1) };
    });
    return {
      states: alongTime(steps.map((step) => step.h)),
      inside: alongTime(steps.map((step) => step.inside)),
    };
  },

  backward({ recurrent, hidden, states, inside = states, dy }) {
    const units = recurrent.shape[0] ?? 0;
    const before = statesBefore(states, hidden);
    const steps = tf.unstack(inside, 1);
    const statesBeforeStep = tf.unstack(before, 1);
    const upstream = tf.unstack(dy, 1);
    let dh = tf.zeros([dy.shape[0] ?? 0, units]);
    const gradients = steps.map(() => ({ gates: dh, products: dh, hiddenState: dh }));
    for (let time = steps.length - 1; time >= 0; time -= 1) {
      const [z, r, k, m] = partsOf(steps[time] as tf.Tensor, 4, units) as Four;
      const hiddenState = tf.add(dh, upstream[time] as tf.Tensor);
      const kept = tf.mul(hiddenState, z);
      const dk = tf.mul(tf.sub(hiddenState, kept), tanhSlope(k));
      const dz = tf.mul(tf.mul(hiddenState, tf.sub(statesBeforeStep[time] as tf.Tensor, k)), sigmoidSlope(z));
      const dr = tf.mul(tf.mul(dk, m), sigmoidSlope(r));
      const products = tf.concat([dz, dr, tf.mul(dk, r)], 1);
      gradients[time] = { gates: tf.concat([dz, dr, dk], 1), products, hiddenState };
      dh = tf.add(kept, tf.matMul(products, recurrent, false, true));
    }
    const gates = alongTime(gradients.map((step) => step.gates));
    const products = alongTime(gradients.map((step) => step.products));
    return {
      projected: gates,
      recurrent: recurrentGradient(before, products),
      bias: tf.stack([tf.sum(gates, [0, 1]), tf.sum(products, [0, 1])]),
      through: { hiddenState: alongTime(gradients.map((step) => step.hiddenState)) },
    };
  },
};
