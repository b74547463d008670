import { describe, expect, it } from 'vitest';
import { crossCorrelate, outputSize, poolWindow } from '#src/math/convolution.ts';
import type { FeatureMaps, Kernels } from '#src/math/convolution.ts';

/** 4x4, one channel. */
const picture: FeatureMaps = {
  // prettier-ignore
  values: [
    1, 2, 0, 1,
    0, 1, 3, 1,
    2, 1, 0, 0,
    1, 0, 1, 2,
  ],
  height: 4,
  width: 4,
  channels: 1,
};

/** 3x3, a vertical edge: left column minus right column. Turned over it would give the opposite sign. */
const edge: Kernels = {
  values: [1, 0, -1, 1, 0, -1, 1, 0, -1],
  height: 3,
  width: 3,
  channels: 1,
  filters: 1,
};

describe('the size of the output', () => {
  it.each([
    [28, 3, 0, 1, 26],
    [28, 3, 1, 1, 28],
    [28, 5, 2, 1, 28],
    [26, 2, 0, 2, 13],
    [11, 2, 0, 2, 5],
    [7, 3, 1, 2, 4],
    [3, 3, 0, 1, 1],
  ])('of %i cells, window %i, padding %i, stride %i is %i', (n, k, padding, stride, size) => {
    expect(outputSize(n, k, padding, stride)).toBe(size);
  });

  it.each([
    ['a window larger than the input', 4, 5, 0, 1],
    ['a stride of 0', 4, 3, 0, 0],
    ['a window of 0', 4, 0, 0, 1],
    ['a negative padding', 8, 3, -1, 1],
    ['half a cell', 4.5, 3, 0, 1],
    ['no number', Number.NaN, 3, 0, 1],
  ])('is refused for %s', (_, n, k, padding, stride) => {
    expect(() => outputSize(n, k, padding, stride)).toThrow(RangeError);
  });
});

describe('an output cell of a convolution', () => {
  const result = (row: number, column: number, padding = 0, bias = 0) =>
    crossCorrelate(picture, edge, bias, { row, column, filter: 0 }, padding).result;

  it('is what a hand computes, for a 4x4 picture and a 3x3 kernel', () => {
    // Left column minus right column: (1+0+2)-(0+3+0), (2+1+1)-(1+1+0), (0+2+1)-(3+0+1), (1+1+0)-(1+0+2).
    expect([result(0, 0), result(0, 1), result(1, 0), result(1, 1)]).toEqual([0, 2, -1, -1]);
  });

  it('adds the bias', () => {
    expect(result(0, 1, 0, 0.5)).toBe(2.5);
  });

  it('takes zeros outside the picture, with padding 1', () => {
    // Corner: (0+0+0)-(0+2+1). Right edge of the second row: (0+3+0)-(0+0+0).
    expect(result(0, 0, 1)).toBe(-3);
    expect(result(1, 3, 1)).toBe(3);
    const { terms } = crossCorrelate(picture, edge, 0, { row: 0, column: 0, filter: 0 }, 1);
    expect(terms.filter(({ row, column }) => row < 0 || column < 0)).toHaveLength(5);
    expect(terms.map(({ input }) => input)).toEqual([0, 0, 0, 0, 1, 2, 0, 0, 1]);
  });

  it('lists its terms by kernel row, then column, with where each input lies', () => {
    const { terms } = crossCorrelate(picture, edge, 0, { row: 1, column: 1, filter: 0 }, 0);
    expect(terms.map(({ weight }) => weight)).toEqual([1, 0, -1, 1, 0, -1, 1, 0, -1]);
    expect(terms.map(({ input }) => input)).toEqual([1, 3, 1, 1, 0, 0, 0, 1, 2]);
    expect(terms[5]).toEqual({ weight: -1, input: 0, row: 2, column: 3, channel: 0 });
  });

  it('sums over channels with the weights of its own filter', () => {
    // [1, 2, 2]: cells (10, 20) and (30, 40). [1, 2, 2, 3]: weight of column, channel, filter = 100 c + 10 ch + f.
    const input: FeatureMaps = { values: [10, 20, 30, 40], height: 1, width: 2, channels: 2 };
    const values = [0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112];
    const kernels: Kernels = { values, height: 1, width: 2, channels: 2, filters: 3 };
    const { terms, result: sum } = crossCorrelate(input, kernels, -1, { row: 0, column: 0, filter: 2 }, 0);
    expect(terms.map(({ weight, input: value }) => [weight, value])).toEqual([
      [2, 10],
      [12, 20],
      [102, 30],
      [112, 40],
    ]);
    expect(sum).toBe(-1 + 20 + 240 + 3060 + 4480);
  });

  it.each([
    ['row', { row: 2, column: 0, filter: 0 }],
    ['column', { row: 0, column: -1, filter: 0 }],
    ['filter', { row: 0, column: 0, filter: 1 }],
  ])('is refused outside the output, by %s', (name, cell) => {
    expect(() => crossCorrelate(picture, edge, 0, cell, 0)).toThrow(`no ${name}`);
  });

  it('is refused when the channels do not fit', () => {
    const kernels = { ...edge, channels: 2 };
    expect(() => crossCorrelate(picture, kernels, 0, { row: 0, column: 0, filter: 0 }, 0)).toThrow(RangeError);
  });
});

describe('the window of a pooled cell', () => {
  it('is its two by two inputs, by row, then column', () => {
    const inputs = poolWindow(picture, { row: 1, column: 0, channel: 0 });
    expect(inputs.map(({ input }) => input)).toEqual([2, 1, 1, 0]);
    expect(inputs[3]).toEqual({ row: 3, column: 1, channel: 0, input: 0 });
  });

  it('stays in its channel', () => {
    const maps: FeatureMaps = { values: [1, 10, 2, 20, 3, 30, 4, 40], height: 2, width: 2, channels: 2 };
    expect(poolWindow(maps, { row: 0, column: 0, channel: 1 }).map(({ input }) => input)).toEqual([10, 20, 30, 40]);
  });

  it('overlaps its neighbours when the stride is smaller than the window', () => {
    const inputs = poolWindow(picture, { row: 0, column: 1, channel: 0 }, 3, 1);
    expect(inputs.map(({ input }) => input)).toEqual([2, 0, 1, 1, 3, 1, 1, 0, 0]);
  });

  it('leaves out a last odd row: of 5 rows, the second pooled row is the last', () => {
    const maps: FeatureMaps = { values: new Float32Array(25), height: 5, width: 5, channels: 1 };
    expect(() => poolWindow(maps, { row: 2, column: 0, channel: 0 })).toThrow('no row 2 among 2');
  });
});
