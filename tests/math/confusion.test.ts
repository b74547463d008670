import { describe, expect, it } from 'vitest';
import { accuracyPerClass, confusionMatrix } from '#src/math/confusion.ts';

describe('the confusion matrix', () => {
  it('has a row for what the digit is and a column for what was read', () => {
    const matrix = confusionMatrix([9, 4, 9, 9], [4, 4, 9, 4]);
    expect(matrix).toHaveLength(10);
    expect(matrix[4]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 2]);
    expect(matrix[9]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(matrix.flat().reduce((a, b) => a + b)).toBe(4);
  });

  it('takes predictions as tensors give them', () => {
    expect(confusionMatrix(Float32Array.of(1, 0), Uint8Array.of(1, 1), 2)).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it.each([
    ['unequal lengths', [1], [1, 2]],
    ['a class too high', [10], [1]],
    ['a label that is no class', [1], [-1]],
    ['a prediction between classes', [1.5], [1]],
    ['a prediction that is not a number', [Number.NaN], [1]],
  ])('refuses %s', (_, predictions, labels) => {
    expect(() => confusionMatrix(predictions, labels)).toThrow(RangeError);
  });
});

describe('the accuracy of each class', () => {
  it('is the part of its examples that was read right', () => {
    const matrix = confusionMatrix([0, 0, 1, 0], [0, 0, 1, 1], 2);
    expect(accuracyPerClass(matrix)).toEqual([1, 0.5]);
  });

  it('is not a number where there are no examples', () => {
    expect(accuracyPerClass(confusionMatrix([0], [0], 2))).toEqual([1, Number.NaN]);
  });
});
