import { expect, it } from 'vitest';
import { median } from '#src/math/median.ts';

it.each([
  [[3], 3],
  [[10, 9, 2], 9],
  [[4, 1, 3, 2], 2.5],
  [[-1, -10, 100], -1],
  [Float32Array.of(0.5, 0.25, 8), 0.5],
  [[], Number.NaN],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

it('leaves the values in their order', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});
