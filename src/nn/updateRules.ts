import * as tf from '#src/nn/tf.ts';

export type OptimizerKind = 'sgd' | 'momentum' | 'rmsprop' | 'adam';

/** Scalars of one update: what the rate comes to at this step, and what is added to a root mean square. */
interface Settings {
  rate: tf.Tensor;
  epsilon: tf.Tensor;
}

/** One optimizer's formula. */
export interface UpdateRule {
  /** What it remembers for each variable: tensors of its shape, 0 at first. */
  slots: readonly string[];
  /**
   * Rate and epsilon of one update: all that changes from step to step.
   *
   * @param step 1 at the first update.
   */
  settings(this: void, learningRate: number, step: number): [rate: number, epsilon: number];
  /** @returns what is taken away from the variable, and the new slots. */
  update(
    this: void,
    gradient: tf.Tensor,
    slots: readonly tf.Tensor[],
    settings: Settings,
  ): { change: tf.Tensor; slots: tf.Tensor[] };
}

/** Below this, a root mean square does not count as a scale. */
const epsilon = 1e-7;

/** A mean that forgets: `mean + (1 - decay) * (x - mean)`, which is `decay * mean + (1 - decay) * x`. */
const movingMean = (mean: tf.Tensor, x: tf.Tensor, decay: number) => tf.add(mean, tf.mul(tf.sub(x, mean), 1 - decay));

/** The rate as it is given, at every step. */
const unchanged = (learningRate: number): [number, number] => [learningRate, epsilon];

/** `w -= rate * g` */
const sgd: UpdateRule = {
  slots: [],
  settings: unchanged,
  update: (gradient, _, { rate }) => ({ change: tf.mul(gradient, rate), slots: [] }),
};

/** `v = 0.9 v + g; w -= rate * v`. Polyak 1964, with the rate outside, so that it can change between steps. */
const momentum: UpdateRule = {
  slots: ['velocity'],
  settings: unchanged,
  update(gradient, slots, { rate }) {
    const [before] = slots as [tf.Tensor];
    const velocity = tf.add(tf.mul(before, 0.9), gradient);
    return { change: tf.mul(velocity, rate), slots: [velocity] };
  },
};

/** `s = 0.9 s + 0.1 g²; w -= rate * g / (sqrt(s) + 1e-7)`. Tieleman and Hinton 2012, lecture 6.5. */
const rmsprop: UpdateRule = {
  slots: ['meanSquare'],
  settings: unchanged,
  update(gradient, slots, settings) {
    const [before] = slots as [tf.Tensor];
    const meanSquare = movingMean(before, tf.square(gradient), 0.9);
    const scale = tf.add(tf.sqrt(meanSquare), settings.epsilon);
    return { change: tf.mul(tf.div(gradient, scale), settings.rate), slots: [meanSquare] };
  },
};

/**
 * `m = 0.9 m + 0.1 g; s = 0.999 s + 0.001 g²; w -= rate * m̂ / (sqrt(ŝ) + 1e-7)`, where the hats undo that both start
 * at 0: `m̂ = m / (1 - 0.9^step)`, `ŝ = s / (1 - 0.999^step)`. The corrections are moved into rate and epsilon; the
 * update is the same. Kingma and Ba 2015 (arXiv:1412.6980), algorithm 1 and end of section 2.
 */
const adam: UpdateRule = {
  slots: ['mean', 'meanSquare'],
  settings(learningRate, step) {
    const correction = Math.sqrt(1 - 0.999 ** step);
    return [(learningRate * correction) / (1 - 0.9 ** step), epsilon * correction];
  },
  update(gradient, slots, settings) {
    const [meanBefore, meanSquareBefore] = slots as [tf.Tensor, tf.Tensor];
    const mean = movingMean(meanBefore, gradient, 0.9);
    const meanSquare = movingMean(meanSquareBefore, tf.square(gradient), 0.999);
    const scale = tf.add(tf.sqrt(meanSquare), settings.epsilon);
    return { change: tf.mul(tf.div(mean, scale), settings.rate), slots: [mean, meanSquare] };
  },
};

export const updateRules: Readonly<Record<OptimizerKind, UpdateRule>> = { sgd, momentum, rmsprop, adam };

/**
 * One update of all variables in plain operations: what the kernel `OptimizerUpdate` does at once where a backend has
 * it.
 *
 * @param inputs the settings `[rate, epsilon]`, then for each variable its weight, its gradient and its slots, all of
 *   one shape.
 * @returns for each variable its new weight and its new slots.
 */
export function updatePlainly(kind: OptimizerKind, inputs: readonly tf.Tensor[]): tf.Tensor[] {
  const { slots, update } = updateRules[kind];
  const [settings, ...tensors] = inputs as [tf.Tensor, ...tf.Tensor[]];
  const [rate, scaleEpsilon] = tf.unstack(settings) as [tf.Tensor, tf.Tensor];
  const outputs: tf.Tensor[] = [];
  for (let at = 0; at < tensors.length; at += 2 + slots.length) {
    const [weight, gradient, ...before] = tensors.slice(at, at + 2 + slots.length) as [tf.Tensor, tf.Tensor];
    const { change, slots: after } = update(gradient, before, { rate, epsilon: scaleEpsilon });
    outputs.push(tf.sub(weight, change), ...after);
  }
  return outputs;
}
