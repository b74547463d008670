/** Convolution and pooling in plain float64, one loop an axis: what the engine's kernels are compared with. */

import { expect } from 'vitest';

export type Shape4 = readonly [number, number, number, number];
export type Padding = 'same' | 'valid';

export interface Array4 {
  shape: Shape4;
  values: Float64Array;
}

export function array4(shape: Shape4, value: (index: number) => number): Array4 {
  return { shape, values: Float64Array.from({ length: shape.reduce((a, b) => a * b) }, (_, index) => value(index)) };
}

function at({ shape, values }: Array4, a: number, b: number, c: number, d: number): number {
  return values[((a * shape[1] + b) * shape[2] + c) * shape[3] + d] ?? Number.NaN;
}

/** Sizes and the zeros before the first row or column, as TensorFlow defines 'same' and 'valid'. */
function along(input: number, window: number, stride: number, padding: Padding) {
  if (padding === 'valid') return { output: Math.floor((input - window) / stride) + 1, before: 0 };
  const output = Math.ceil(input / stride);
  return { output, before: Math.floor(Math.max(0, (output - 1) * stride + window - input) / 2) };
}

/** Calls `fill` for each output with the places of its window that lie inside the input. */
function overWindows(
  input: Shape4,
  [rows, columns]: readonly [number, number],
  stride: number,
  padding: Padding,
  outputs: number,
  fill: (batch: number, output: number, places: { row: number; column: number; y: number; x: number }[]) => number,
): Array4 {
  const down = along(input[1], rows, stride, padding);
  const across = along(input[2], columns, stride, padding);
  return array4([input[0], down.output, across.output, outputs], (index) => {
    const output = index % outputs;
    const column = Math.floor(index / outputs) % across.output;
    const row = Math.floor(index / outputs / across.output) % down.output;
    const batch = Math.floor(index / outputs / across.output / down.output);
    const places = Array.from({ length: rows * columns }, (_, place) => ({
      row: Math.floor(place / columns),
      column: place % columns,
      y: row * stride - down.before + Math.floor(place / columns),
      x: column * stride - across.before + (place % columns),
    })).filter(({ y, x }) => y >= 0 && y < input[1] && x >= 0 && x < input[2]);
    return fill(batch, output, places);
  });
}

export function conv2d(x: Array4, kernel: Array4, stride: number, padding: Padding): Array4 {
  const [height, width, channels, filters] = kernel.shape;
  return overWindows(x.shape, [height, width], stride, padding, filters, (batch, filter, places) => {
    let sum = 0;
    for (const place of places) {
      for (let channel = 0; channel < channels; channel += 1) {
        sum += at(x, batch, place.y, place.x, channel) * at(kernel, place.row, place.column, channel, filter);
      }
    }
    return sum;
  });
}

export function pool(x: Array4, kind: 'max' | 'average', size: number, stride: number, padding: Padding): Array4 {
  return overWindows(x.shape, [size, size], stride, padding, x.shape[3], (batch, channel, places) => {
    const window = places.map((place) => at(x, batch, place.y, place.x, channel));
    if (kind === 'max') return Math.max(...window);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
}

/** The gradient of a function by each number of `x`, from differences on both sides. */
export function numericGradient(compute: () => number, x: Float64Array, distance = 1e-4): Float64Array {
  return x.map((value, index) => {
    x[index] = value + distance;
    const above = compute();
    x[index] = value - distance;
    const below = compute();
    x[index] = value;
    return (above - below) / (2 * distance);
  });
}

/** Every number within `tolerance` of what is expected. */
export function expectWithin(tolerance: number, found: ArrayLike<number> | undefined, expected: ArrayLike<number>) {
  expect(found).toHaveLength(expected.length);
  const error = Array.from(expected).reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - (found?.[index] ?? Number.NaN))),
    0,
  );
  expect(error).toBeLessThan(tolerance);
}
