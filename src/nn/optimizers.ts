import type { Gradients, Variables } from '#src/nn/gradients.ts';
import * as tf from '#src/nn/tf.ts';
import { updatePlainly, updateRules } from '#src/nn/updateRules.ts';
import type { OptimizerKind } from '#src/nn/updateRules.ts';

export type { OptimizerKind };

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

/** An optimizer of these variables; it must be disposed. */
export function createOptimizer(kind: OptimizerKind, variables: Variables): Optimizer {
  const rule = updateRules[kind];
  const memory = Object.entries(variables).map(([name, variable]) => ({
    name,
    variable,
    slots: rule.slots.map(() => createSlot(variable)),
  }));
  const slotsByKey = () =>
    Object.fromEntries(
      memory.flatMap(({ name, slots }) => slots.map((slot, at) => [`${name}/${rule.slots[at] ?? ''}`, slot] as const)),
    );
  let steps = 0;

  return {
    apply(gradients, learningRate) {
      const tensors = memory.flatMap(({ name, variable, slots }) => {
        const gradient = gradients[name];
        if (gradient === undefined) throw new Error(`There is no gradient of '${name}'.`);
        return [variable, gradient, ...slots];
      });
      steps += 1;
      tf.tidy(() => {
        const updated = update(kind, [tf.tensor1d(rule.settings(learningRate, steps)), ...tensors]);
        // Always new tensors: tfjs's WASM convolutions go on with the old weights if one is changed in place.
        memory
          .flatMap(({ variable, slots }) => [variable, ...slots])
          .forEach((target, at) => target.assign(updated[at] as tf.Tensor));
      });
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

/** One update of all variables, at once where the backend can. */
function update(kind: OptimizerKind, inputs: tf.Tensor[]): tf.Tensor[] {
  return tf.hasKernel('OptimizerUpdate')
    ? (tf.runKernel('OptimizerUpdate', inputs, { kind }) as tf.Tensor[])
    : updatePlainly(kind, inputs);
}

function createSlot(variable: tf.Variable): tf.Variable {
  return tf.variable(tf.zeros(variable.shape), false);
}
