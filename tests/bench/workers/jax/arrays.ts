import { numpy as np } from '@jax-js/jax';
import type { Given, Numbers } from '../../data.ts';

/** An array of jax-js. Each use of one consumes it; `.ref` keeps it for another. */
export type JaxArray = np.Array;
export type Weights = Record<string, JaxArray>;

/**
 * The given weights in the layout of jax-js: kernels `[out, in, height, width]`, those of transposed convolutions turned
 * by 180° (there they are convolutions of a dilated input), and dense weights behind a convolution with their rows in
 * the order `[channel, height, width]`.
 */
export function weightsOf({ weights }: Given): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, numbers]) => [name, arrayOf(rearranged(name, numbers, weights))]),
  );
}

function rearranged(name: string, numbers: Numbers, all: Given['weights']): Numbers {
  const { shape } = numbers;
  const [rows = 1, outputs = 1] = shape;
  if (/^generator.*Kernel$/.test(name)) return transposed(turned(numbers), [2, 3, 0, 1]);
  if (shape.length === 4) return transposed(numbers, [3, 2, 0, 1]);
  const layer = /^(dense1?)Weights$/.exec(name)?.[1];
  const channels = all[layer === 'dense' ? 'conv2Bias' : 'conv4Bias']?.shape[0];
  if (layer === undefined || channels === undefined) return numbers;
  const side = Math.sqrt(rows / channels);
  const spread = { shape: [side, side, channels, outputs], values: numbers.values };
  return { shape: [rows, outputs], values: transposed(spread, [2, 0, 1, 3]).values };
}

/** `[batch, height, width, channels]` to `[batch, channels, height, width]`. */
export function picturesOf(numbers: Numbers): JaxArray {
  return arrayOf(transposed(numbers, [0, 3, 1, 2]));
}

export function arrayOf({ shape, values }: Numbers): JaxArray {
  return np.array(values).reshape(shape);
}

/** Rows and columns of `[height, width, …]` in reverse order. */
function turned({ shape, values }: Numbers): Numbers {
  const [height = 1, width = 1] = shape;
  const length = values.length / (height * width);
  const out = new Float32Array(values.length);
  for (let place = 0; place < height * width; place++) {
    out.set(values.subarray(place * length, (place + 1) * length), (height * width - 1 - place) * length);
  }
  return { shape, values: out };
}

/** Axis `at` of the result is axis `order[at]` of what is given. */
function transposed({ shape, values }: Numbers, order: readonly number[]): Numbers {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const to = order.map((axis) => shape[axis] ?? 1);
  const along = order.map((axis) => strides[axis] ?? 1);
  const out = new Float32Array(values.length);
  const place = to.map(() => 0);
  for (let at = 0; at < out.length; at++) {
    out[at] = values[place.reduce((sum, index, axis) => sum + index * (along[axis] ?? 0), 0)] ?? Number.NaN;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      place[axis] = next === to[axis] ? 0 : next;
      if (next !== to[axis]) break;
    }
  }
  return { shape: to, values: out };
}
