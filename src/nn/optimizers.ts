import type { Gradients, Variables } from '#src/nn/gradients.ts';
import * as tf from '#src/nn/tf.ts';

export type OptimizerKind = 'sgd' | 'momentum' | 'rmsprop' | 'adam';

/** Changes variables by their gradients. What it remembers of earlier steps is its state. */
export interface Optimizer {
  /** One update. The gradients stay the caller's. */
  apply(gradients: Gradients, learningRate: number): void;
  /** The tensors it remembers, by `<variable>/<slot>`; still its own. */
  state(): Record<string, tf.Tensor>;
  /**
   * Goes on from a state, after `steps` updates.
   *
   * @throws Error if a tensor is missing or has another shape.
   */
  restore(state: Readonly<Record<string, tf.Tensor>>, steps: number): void;
  /** Frees the state; the variables stay. */
  dispose(): void;
}

type Tensors<Name extends string> = Record<Name, tf.Tensor>;

/**
 * One optimizer's formula for one variable.
 *
 * @param step 1 at the first update.
 * @returns what to take away from the variable, and what to remember.
 */
type Update<Slot extends string> = (
  gradient: tf.Tensor,
  slots: Tensors<Slot>,
  learningRate: number,
  step: number,
) => Tensors<Slot> & { change: tf.Tensor };

/** A formula with the names of what it remembers for each variable: tensors of its shape, 0 at first. */
interface Rule {
  slots: readonly string[];
  update: Update<string>;
}

function rule<Slot extends string>(slots: readonly Slot[], update: Update<Slot>): Rule {
  return { slots, update };
}

/** A mean that forgets: `mean + (1 - decay) * (x - mean)`, which is `decay * mean + (1 - decay) * x`. */
const movingMean = (mean: tf.Tensor, x: tf.Tensor, decay: number) => tf.add(mean, tf.mul(tf.sub(x, mean), 1 - decay));

/** Below this, a root mean square does not count as a scale. */
const epsilon = 1e-7;

/** `w -= rate * g` */
const sgd = rule([], (gradient, _, learningRate) => ({ change: tf.mul(gradient, learningRate) }));

/** `v = 0.9 v + g; w -= rate * v`. Polyak 1964, with the rate outside, so that it can change between steps. */
const momentum = rule(['velocity'], (gradient, slots, learningRate) => {
  const velocity = tf.add(tf.mul(slots.velocity, 0.9), gradient);
  return { change: tf.mul(velocity, learningRate), velocity };
});

/** `s = 0.9 s + 0.1 g²; w -= rate * g / (sqrt(s) + 1e-7)`. Tieleman and Hinton 2012, lecture 6.5. */
const rmsprop = rule(['meanSquare'], (gradient, slots, learningRate) => {
  const meanSquare = movingMean(slots.meanSquare, tf.square(gradient), 0.9);
  const scale = tf.add(tf.sqrt(meanSquare), epsilon);
  return { change: tf.mul(tf.div(gradient, scale), learningRate), meanSquare };
});

/**
 * `m = 0.9 m + 0.1 g; s = 0.999 s + 0.001 g²; w -= rate * m̂ / (sqrt(ŝ) + 1e-7)`, where the hats undo that both start
 * at 0: `m̂ = m / (1 - 0.9^step)`, `ŝ = s / (1 - 0.999^step)`. The corrections are moved into rate and epsilon, which
 * are plain numbers; the update is the same. Kingma and Ba 2015 (arXiv:1412.6980), algorithm 1 and end of section 2.
 */
const adam = rule(['mean', 'meanSquare'], (gradient, slots, learningRate, step) => {
  const mean = movingMean(slots.mean, gradient, 0.9);
  const meanSquare = movingMean(slots.meanSquare, tf.square(gradient), 0.999);
  const correction = Math.sqrt(1 - 0.999 ** step);
  const rate = (learningRate * correction) / (1 - 0.9 ** step);
  const scale = tf.add(tf.sqrt(meanSquare), epsilon * correction);
  return { change: tf.mul(tf.div(mean, scale), rate), mean, meanSquare };
});

const rules: Readonly<Record<OptimizerKind, Rule>> = { sgd, momentum, rmsprop, adam };

/** An optimizer of these variables; it must be disposed. */
export function createOptimizer(kind: OptimizerKind, variables: Variables): Optimizer {
  const { slots: slotNames, update } = rules[kind];
  const memory = Object.entries(variables).map(([name, variable]) => ({
    name,
    variable,
    slots: Object.fromEntries(slotNames.map((slot) => [slot, createSlot(variable)])),
  }));
  const slotsByKey = () =>
    Object.fromEntries(
      memory.flatMap(({ name, slots }) => Object.entries(slots).map(([slot, value]) => [`${name}/${slot}`, value])),
    );
  let steps = 0;

  return {
    apply(gradients, learningRate) {
      steps += 1;
      for (const { name, variable, slots } of memory) {
        const gradient = gradients[name];
        if (gradient === undefined) throw new Error(`There is no gradient of '${name}'.`);
        tf.tidy(() => {
          const { change, ...next } = update(gradient, slots, learningRate, steps);
          // Always a new tensor: tfjs's WASM convolutions go on with the old weights if one is changed in place.
          variable.assign(tf.sub(variable, change));
          for (const [slot, value] of Object.entries(next)) slots[slot]?.assign(value);
        });
      }
    },
    state: slotsByKey,
    restore(state, stepsDone) {
      for (const [key, slot] of Object.entries(slotsByKey())) {
        const saved = state[key];
        if (saved === undefined) throw new Error(`The checkpoint has no '${key}'.`);
        tf.tidy(() => slot.assign(tf.clone(saved)));
      }
      steps = stepsDone;
    },
    dispose() {
      tf.dispose(slotsByKey());
    },
  };
}

function createSlot(variable: tf.Variable): tf.Variable {
  return tf.variable(tf.zeros(variable.shape), false);
}
