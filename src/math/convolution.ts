/** Maps on one grid, flat: `[height, width, channels]`. */
export interface FeatureMaps {
  values: ArrayLike<number>;
  height: number;
  width: number;
  channels: number;
}

/** The weights of a convolution, flat: `[height, width, channels, filters]`. */
export interface Kernels {
  values: ArrayLike<number>;
  height: number;
  width: number;
  channels: number;
  filters: number;
}

/** An input cell. Row and column may lie in the padding, outside the maps. */
export interface Input {
  row: number;
  column: number;
  channel: number;
  /** Its value; 0 in the padding. */
  input: number;
}

/** One product of the sum that makes an output cell. */
export interface Term extends Input {
  weight: number;
}

/**
 * How many windows fit along one axis: floor((n + 2 padding - k) / stride) + 1.
 *
 * @param n cells of the input.
 * @param k cells of the window.
 * @param padding cells added at each end.
 * @param stride cells from one window to the next.
 * @throws RangeError if a size is not a whole number, or not one window fits.
 */
export function outputSize(n: number, k: number, padding: number, stride: number): number {
  const isWhole = [n, k, padding, stride].every(Number.isInteger);
  const size = Math.floor((n + 2 * padding - k) / stride) + 1;
  if (!isWhole || k < 1 || stride < 1 || padding < 0 || size < 1) {
    throw new RangeError(`no output: input ${n}, window ${k}, padding ${padding}, stride ${stride}`);
  }
  return size;
}

/** The value of one cell; 0 outside the maps, as in zero padding. */
function readCell(maps: FeatureMaps, row: number, column: number, channel: number): number {
  if (row < 0 || row >= maps.height || column < 0 || column >= maps.width) return 0;
  return maps.values[(row * maps.width + column) * maps.channels + channel] ?? 0;
}

/**
 * One output cell of a convolution layer as neural networks use it (the kernel is not turned over: cross-correlation),
 * stride 1, written out: z = bias + sum of weight times input.
 *
 * @param cell row and column of the output, and the filter that makes it.
 * @param padding cells of zeros added at each side.
 * @returns the terms by kernel row, then column, then channel; and their sum with the bias, in double precision.
 * @throws RangeError if kernels and input differ in channels, or there is no such cell or filter.
 */
export function crossCorrelate(
  input: FeatureMaps,
  kernels: Kernels,
  bias: number,
  cell: { row: number; column: number; filter: number },
  padding: number,
): { terms: Term[]; bias: number; result: number } {
  if (kernels.channels !== input.channels) {
    throw new RangeError(`kernels for ${kernels.channels} channels, input of ${input.channels}`);
  }
  checkIndex('row', cell.row, outputSize(input.height, kernels.height, padding, 1));
  checkIndex('column', cell.column, outputSize(input.width, kernels.width, padding, 1));
  checkIndex('filter', cell.filter, kernels.filters);
  const terms = Array.from({ length: kernels.height * kernels.width * kernels.channels }, (_, position): Term => {
    const channel = position % kernels.channels;
    const kernelColumn = Math.floor(position / kernels.channels) % kernels.width;
    const kernelRow = Math.floor(position / kernels.channels / kernels.width);
    const row = cell.row + kernelRow - padding;
    const column = cell.column + kernelColumn - padding;
    const weight = kernels.values[position * kernels.filters + cell.filter] ?? 0;
    return { weight, input: readCell(input, row, column, channel), row, column, channel };
  });
  return { terms, bias, result: terms.reduce((sum, { weight, input: value }) => sum + weight * value, bias) };
}

/**
 * The inputs of one pooled cell, by row, then column: `size * size` of them, of one channel.
 *
 * @throws RangeError if there is no such cell.
 */
export function poolWindow(
  input: FeatureMaps,
  cell: { row: number; column: number; channel: number },
  size = 2,
  stride = size,
): Input[] {
  checkIndex('row', cell.row, outputSize(input.height, size, 0, stride));
  checkIndex('column', cell.column, outputSize(input.width, size, 0, stride));
  checkIndex('channel', cell.channel, input.channels);
  return Array.from({ length: size * size }, (_, position): Input => {
    const row = cell.row * stride + Math.floor(position / size);
    const column = cell.column * stride + (position % size);
    return { row, column, channel: cell.channel, input: readCell(input, row, column, cell.channel) };
  });
}

function checkIndex(name: string, index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(`no ${name} ${index} among ${count}`);
  }
}
