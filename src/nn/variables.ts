import type { Variables } from '#src/nn/gradients.ts';
import type { Optimizer } from '#src/nn/optimizers.ts';
import * as tf from '#src/nn/tf.ts';

/** A tensor as a checkpoint has it. */
interface Saved {
  shape: readonly number[];
  values: Float32Array | Uint8Array;
}

/** How many numbers they hold. */
export function countParameters(variables: Variables): number {
  return Object.values(variables).reduce((sum, { size }) => sum + size, 0);
}

/**
 * Variables and the optimizer's state as they were after `steps` updates. What else a checkpoint holds is not looked at.
 *
 * @throws Error if a tensor is missing or has another shape.
 */
export function restoreVariables(
  saved: Readonly<Record<string, Saved>>,
  variables: Variables,
  optimizer: Optimizer,
  steps: number,
): void {
  const tensors = (names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => {
        const { shape, values } = saved[name] ?? missing(name);
        return [name, tf.tensor(values, [...shape], 'float32')] as const;
      }),
    );
  tf.tidy(() => {
    for (const [name, tensor] of Object.entries(tensors(Object.keys(variables)))) variables[name]?.assign(tensor);
    optimizer.restore(tensors(Object.keys(optimizer.state())), steps);
  });
}

function missing(name: string): never {
  throw new Error(`The checkpoint has no '${name}'.`);
}

/**
 * Some of a variable's numbers set by hand, with no read-back.
 *
 * @param isChosen 1 for those that are set, 0 for the others.
 * @param shape of `isChosen`, which is repeated along the axes where it has size 1; without it that of the variable.
 */
export function setWhere(
  variable: tf.Variable,
  isChosen: Float32Array,
  value: number,
  shape: readonly number[] = variable.shape,
): void {
  const changed = tf.tidy(() => {
    const chosen = tf.tensor(isChosen, [...shape]);
    return tf.add(tf.mul(variable, tf.sub(1, chosen)), tf.mul(chosen, value));
  });
  variable.assign(changed);
  changed.dispose();
}
