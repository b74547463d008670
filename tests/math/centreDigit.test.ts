import { beforeAll, describe, expect, it } from 'vitest';
import { firstOfEachClass } from '#datasets/dataset.ts';
import type { ImageSet } from '#datasets/dataset.ts';
import { load } from '#datasets/digits/index.ts';
import { centreDigit } from '#src/math/centreDigit.ts';
import { readDataset } from '../readFile.ts';

interface Drawing {
  values: Float32Array;
  height: number;
  width: number;
}

describe('an unseen digit of the set, drawn large', () => {
  let digits: Float32Array[];
  beforeAll(async () => {
    const set: ImageSet = firstOfEachClass((await load(readDataset)).unseen, 10, 10);
    digits = Array.from({ length: set.count }, (_, i) =>
      Float32Array.from(set.pixels.subarray(i * 784, (i + 1) * 784), (pixel) => pixel / 255),
    );
  });

  it('comes back as it was from ten times its size in a corner: mean error of 100 digits under 1e-4, of each 2e-3', () => {
    const errors = digits.map((digit) => meanError(digit, centred(scale(digit, 10, 20, 118, nearest))));
    expect(mean(errors)).toBeLessThan(1e-4);
    expect(Math.max(...errors)).toBeLessThan(2e-3);
  });

  it('comes back from 7.3 times its size with soft edges: mean error under 0.04, and nearest to its own kind', () => {
    const pictures = digits.map((digit) => centred(scale(digit, 7.3, 31, 4, bilinear)));
    expect(mean(pictures.map((picture, i) => meanError(picture, digits[i] ?? picture)))).toBeLessThan(0.04);
    pictures.forEach((picture, i) => {
      const errors = digits.map((digit) => meanError(digit, picture));
      expect(errors.indexOf(Math.min(...errors)) % 10).toBe(i % 10);
    });
  });

  it('has its centre of mass within half a pixel of the middle one, wherever it was drawn', () => {
    digits.forEach((digit, i) => {
      const { row, column } = centreOfMass(centred(scale(digit, 4, i, 2 * i, bilinear)));
      expect(Math.abs(row - 14)).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(Math.abs(column - 14)).toBeLessThanOrEqual(0.5 + 1e-6);
    });
  });
});

describe('a drawing', () => {
  it.each([
    ['wide', 40, 100, 8, 20],
    ['tall', 150, 60, 20, 8],
    ['square and small', 5, 5, 20, 20],
  ])('that is %s keeps its ratio: %i x %i become %i x %i', (_, height, width, pixelsHigh, pixelsWide) => {
    const picture = centred(
      paint(200, 300, (row, column) => row >= 7 && row < 7 + height && column >= 9 && column < 9 + width),
    );
    expect(inkBox(picture)).toEqual({ height: pixelsHigh, width: pixelsWide });
    expect(picture.filter((value) => value > 0.999)).toHaveLength(pixelsHigh * pixelsWide);
  });

  it('gets grey edges where ink fills a part of a pixel', () => {
    // 31 rows become 20 pixels, 30 columns 19.35: the last column is 35 % full.
    const picture = centred(paint(60, 60, (row, column) => row < 31 && column < 30));
    const grey = picture.subarray(14 * 28, 15 * 28).filter((value) => value > 0 && value < 0.999);
    expect(grey).toHaveLength(1);
    expect(grey[0]).toBeCloseTo((30 * 20) / 31 - 19, 5);
  });

  it('of nothing gives null', () => {
    expect(centreDigit(new Float32Array(280 * 280), 280, 280)).toBeNull();
    expect(centreDigit(new Float32Array(0), 0, 0)).toBeNull();
  });

  it('of one pixel, in any corner, gives a square of 20 x 20 in the middle', () => {
    for (const [row, column] of [
      [0, 0],
      [0, 279],
      [279, 0],
      [279, 279],
    ]) {
      const picture = centred(paint(280, 280, (r, c) => r === row && c === column));
      expect(inkBox(picture)).toEqual({ height: 20, width: 20 });
      expect(picture.every((value) => value === 0 || value === 1)).toBe(true);
      expect(centreOfMass(picture)).toEqual({ row: 14.5, column: 14.5 });
    }
  });

  it('with a pen of one pixel on a canvas of 280 is as dark as any', () => {
    const picture = centred(paint(280, 280, (row, column) => column === 17 && row > 30 && row < 250));
    expect(inkBox(picture)).toEqual({ height: 20, width: 1 });
    expect(picture.filter((value) => value > 0.9)).toHaveLength(20);
  });

  it('in pale grey is as dark as any, and the parts keep their proportion', () => {
    const square = paint(100, 100, (row, column) => row < 80 && column < 80);
    const pale = { ...square, values: square.values.map((ink, i) => ink * (i % 100 < 40 ? 0.2 : 0.1)) };
    const row = Array.from(centred(pale).subarray(14 * 28, 15 * 28)).filter((value) => value > 0);
    expect(row).toHaveLength(20);
    row.forEach((value, i) => expect(value).toBeCloseTo(i < 10 ? 1 : 0.5, 5));
  });

  it('with its mass at one end stays whole', () => {
    // A block of 30 x 30 with a tail one pixel high and 270 long: its middle would push the tail out of the picture.
    const drawing = paint(280, 300, (row, column) => (row < 30 && column < 30) || (row === 15 && column < 300));
    expect(inkBox(centred(drawing))).toMatchObject({ width: 20 });
  });

  it('with another size than it says is refused', () => {
    expect(() => centreDigit(new Float32Array(783), 28, 28)).toThrow(RangeError);
  });
});

function paint(height: number, width: number, isInk: (row: number, column: number) => boolean): Drawing {
  const values = Float32Array.from({ length: height * width }, (_, i) =>
    Number(isInk(Math.floor(i / width), i % width)),
  );
  return { values, height, width };
}

function centred({ values, height, width }: Drawing): Float32Array {
  const picture = centreDigit(values, height, width);
  if (picture === null) throw new Error('nothing was drawn');
  expect(picture).toHaveLength(784);
  return picture;
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

function meanError(a: Float32Array, b: Float32Array): number {
  return mean(a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN))));
}

function centreOfMass(picture: Float32Array): { row: number; column: number } {
  const mass = mean(picture);
  return {
    row: mean(picture.map((value, i) => value * Math.floor(i / 28))) / mass,
    column: mean(picture.map((value, i) => value * (i % 28))) / mass,
  };
}

/** Rows and columns that hold ink. */
function inkBox(picture: Float32Array): { height: number; width: number } {
  const inked = [...picture.keys()].filter((i) => (picture[i] ?? 0) > 0);
  return {
    height: new Set(inked.map((i) => Math.floor(i / 28))).size,
    width: new Set(inked.map((i) => i % 28)).size,
  };
}

type Lookup = (digit: Float32Array, row: number, column: number) => number;

const nearest: Lookup = (digit, row, column) => readPixel(digit, Math.floor(row), Math.floor(column));

const bilinear: Lookup = (digit, row, column) => {
  const top = Math.floor(row - 0.5);
  const left = Math.floor(column - 0.5);
  const down = row - 0.5 - top;
  const across = column - 0.5 - left;
  const upper = readPixel(digit, top, left) * (1 - across) + readPixel(digit, top, left + 1) * across;
  const lower = readPixel(digit, top + 1, left) * (1 - across) + readPixel(digit, top + 1, left + 1) * across;
  return upper * (1 - down) + lower * down;
};

function readPixel(digit: Float32Array, row: number, column: number): number {
  return row < 0 || row > 27 || column < 0 || column > 27 ? 0 : (digit[row * 28 + column] ?? 0);
}

/** The digit `factor` times as large, its picture's corner at (top, left) of a canvas of 300x400. */
function scale(digit: Float32Array, factor: number, top: number, left: number, lookup: Lookup): Drawing {
  const [height, width] = [300, 400];
  const values = Float32Array.from({ length: height * width }, (_, i) =>
    lookup(digit, (Math.floor(i / width) + 0.5 - top) / factor, ((i % width) + 0.5 - left) / factor),
  );
  return { values, height, width };
}
