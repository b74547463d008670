import * as tf from '#src/nn/tf.ts';

/** Of parts that lie side by side along the last axis, each `units` wide, the one at `place`. */
export function partOf(x: tf.Tensor, place: number, units: number): tf.Tensor {
  const front = x.shape.slice(0, -1);
  return tf.slice(x, [...front.map(() => 0), place * units], [...front, units]);
}

/** The first `count` parts, each `units` wide; without that, all. */
export function partsOf(x: tf.Tensor, count: number, units = (x.shape.at(-1) ?? 0) / count): tf.Tensor[] {
  return Array.from({ length: count }, (_, place) => partOf(x, place, units));
}

/** Step by step to `[batch, time, u]`. */
export function alongTime(steps: readonly tf.Tensor[]): tf.Tensor {
  return tf.stack([...steps], 1);
}

/** The state before each step: `[batch, time, u]`, the first one given or zeros. */
export function statesBefore(states: tf.Tensor, first: tf.Tensor | undefined): tf.Tensor {
  const [batch = 0, time = 0, units = 0] = states.shape;
  const start = first === undefined ? tf.zeros([batch, 1, units]) : tf.reshape(first, [batch, 1, units]);
  return tf.concat([start, tf.slice(states, [0, 0, 0], [batch, time - 1, units])], 1);
}

/**
 * The gradient by recurrent weights: the states that they were multiplied with times the gradients of the products.
 *
 * @param before `[batch, time, u]`
 * @param products `[batch, time, g u]`
 */
export function recurrentGradient(before: tf.Tensor, products: tf.Tensor): tf.Tensor {
  return tf.matMul(rows(before), rows(products), true, false);
}

function rows(x: tf.Tensor): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape[2] ?? 0]);
}

/** The slope of the sigmoid from its value: `y (1 - y)`. */
export function sigmoidSlope(y: tf.Tensor): tf.Tensor {
  return tf.sub(y, tf.square(y));
}

/** The slope of the hyperbolic tangent from its value: `1 - y²`. */
export function tanhSlope(y: tf.Tensor): tf.Tensor {
  return tf.sub(1, tf.square(y));
}
