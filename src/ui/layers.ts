import { crossCorrelate, poolWindow, type FeatureMaps } from '#src/math/convolution.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import type { Explanation } from '#src/training/pointing.ts';

/** How the cells of one tensor come from another, for pointing at them. Maps are `[height, width, channels]`. */
export type LayerSpec =
  | { kind: 'convolution'; from: string; kernel: string; bias: string; symbol: string }
  | { kind: 'activation'; from: string; symbol: string }
  | { kind: 'pooling'; from: string; symbol: string; size: number; mean: boolean };

export interface MapCell {
  row: number;
  column: number;
  /** Which map: the filter that made it. */
  filter: number;
}

/** The cells of `tensor` that a cell was made from; without a filter all its maps. */
export interface SourceWindow {
  tensor: string;
  row: number;
  column: number;
  height: number;
  width: number;
  filter?: number;
}

/** Where a cell's inputs lie. */
export function sourceWindow(layer: LayerSpec, arrays: NamedArrays, { row, column, filter }: MapCell): SourceWindow {
  const { from: tensor } = layer;
  if (layer.kind === 'activation') return { tensor, row, column, height: 1, width: 1, filter };
  if (layer.kind === 'pooling') {
    const { size } = layer;
    return { tensor, row: row * size, column: column * size, height: size, width: size, filter };
  }
  const [height = 0, width = 0] = arrays[layer.kernel]?.shape ?? [];
  return { tensor, row: row - (height - 1) / 2, column: column - (width - 1) / 2, height, width };
}

/** A cell written out in numbers; undefined while a tensor is missing or the cell is not there. */
export function explainCell(
  tensor: string,
  layer: LayerSpec,
  arrays: NamedArrays,
  cell: MapCell,
): Explanation | undefined {
  const input = arrays[layer.from];
  if (!input) return undefined;
  const maps = mapsOf(input);
  const { row, column, filter } = cell;
  if (!isInside(layer, maps, cell)) return undefined;
  const place = `${layer.symbol}[${row}, ${column}, ${filter}]`;
  const named = { symbol: layer.symbol, place };
  if (layer.kind === 'activation') {
    const at = (row * maps.width + column) * maps.channels + filter;
    const result = arrays[tensor]?.values[at] ?? Number.NaN;
    return { kind: 'activation', ...named, result, terms: [{ input: maps.values[at] ?? 0 }] };
  }
  if (layer.kind === 'pooling') {
    const inputs = poolWindow(maps, { row, column, channel: filter }, layer.size).map(({ input: one }) => one);
    const result = layer.mean ? inputs.reduce((sum, one) => sum + one, 0) / inputs.length : Math.max(...inputs);
    return { kind: layer.mean ? 'mean' : 'maximum', ...named, result, terms: inputs.map((one) => ({ input: one })) };
  }
  const kernel = arrays[layer.kernel];
  const biases = arrays[layer.bias];
  if (!kernel || !biases) return undefined;
  const [height = 0, width = 0, channels = 0, filters = 0] = kernel.shape;
  if (channels !== maps.channels || filter >= filters) return undefined;
  const kernels = { values: kernel.values, height, width, channels, filters };
  const bias = biases.values[filter] ?? 0;
  const { terms, result } = crossCorrelate(maps, kernels, bias, cell, (height - 1) / 2);
  if (channels === 1) {
    return {
      kind: 'sum',
      ...named,
      result,
      bias,
      terms: terms.map(({ weight, input: one }) => ({ weight, input: one })),
    };
  }
  // With many channels their partial sums stay readable, the single products do not.
  const partial = Array.from({ length: channels }, (_, channel) => ({
    input: terms.filter((term) => term.channel === channel).reduce((sum, one) => sum + one.weight * one.input, 0),
  }));
  return { kind: 'sum', ...named, result, bias, terms: partial };
}

function isInside(layer: LayerSpec, maps: FeatureMaps, { row, column, filter }: MapCell): boolean {
  const size = layer.kind === 'pooling' ? layer.size : 1;
  const isMap = layer.kind === 'convolution' || filter < maps.channels;
  return isMap && row < Math.floor(maps.height / size) && column < Math.floor(maps.width / size);
}

/** A picture `[height, width]` counts as one map. */
function mapsOf({ shape, values }: NamedArray): FeatureMaps {
  const [height = 0, width = 0, channels = 1] = shape;
  return { values, height, width, channels };
}
