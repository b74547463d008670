import * as tf from '#src/nn/tf.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Weights } from '../model.ts';

const PREFIX = 'best/';
const FOUND = `${PREFIX}found`;

/** The weights as they were when they knew the unseen text best. */
export function createBest(weights: Weights) {
  const kept = Object.fromEntries(
    Object.entries(weights).map(([name, weight]) => [name, tf.variable(tf.clone(weight), false)]),
  ) as Weights;
  const take = (tensors: Readonly<Record<string, tf.Tensor>>) => {
    for (const [name, variable] of Object.entries(kept)) {
      const tensor = tensors[name];
      if (tensor) variable.assign(tensor);
    }
  };
  let step = 0;
  let bits = Infinity;

  return {
    weights: kept,
    /** On unseen text; infinite before there is a best. */
    bits: () => bits,
    /** Keeps the weights of now if they are better than those kept. */
    offer(steps: number, found: number) {
      if (!(found < bits)) return;
      [step, bits] = [steps, Math.fround(found)];
      take(weights);
    },
    tensors: () => Object.fromEntries(Object.entries(kept).map(([name, weight]) => [`${PREFIX}${name}`, weight])),
    /** What else a checkpoint needs. */
    found: () => ({ [FOUND]: { shape: [2], values: Float32Array.of(step, bits) } }),
    /**
     * Takes those of a checkpoint unless better ones are kept: going back a few steps does not make worse what had been
     * found. A stored state has no best; then it is that state.
     */
    restore(tensors: NamedArrays) {
      const [savedStep = 0, savedBits = 0] = tensors[FOUND]?.values ?? [];
      if (!(savedBits > 0)) return take(weights);
      if (savedBits > bits) return;
      [step, bits] = [savedStep, savedBits];
      const saved = Object.entries(tensors).filter(([name]) => name.startsWith(PREFIX) && name !== FOUND);
      const made = Object.fromEntries(
        saved.map(([name, { shape, values }]) => [name.slice(PREFIX.length), tf.tensor(values, [...shape])]),
      );
      take(made);
      tf.dispose(made);
    },
    dispose: () => tf.dispose(Object.values(kept)),
  };
}
