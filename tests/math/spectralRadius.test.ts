import { expect, it } from 'vitest';
import { spectralRadius } from '#src/math/spectralRadius.ts';

it('the spectral radius of a triangular matrix is its largest diagonal element, whatever stands above', () => {
  expect(spectralRadius([0.5, 100, -7, 0, -0.9, 30, 0, 0, 0.2])).toBeCloseTo(0.9, 9);
});

it('the spectral radius of a turned and stretched plane is the stretch, though no eigenvalue is real', () => {
  const [cos, sin] = [Math.cos(1), Math.sin(1)];
  expect(spectralRadius([1.7 * cos, -1.7 * sin, 1.7 * sin, 1.7 * cos])).toBeCloseTo(1.7, 9);
});

it('the spectral radius of a matrix whose square is 0 is 0', () => {
  expect(spectralRadius([0, 5, 0, 0])).toBe(0);
  expect(spectralRadius([3])).toBeCloseTo(3, 9);
});
