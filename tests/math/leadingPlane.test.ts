import { expect, it } from 'vitest';
import { leadingPlane } from '#src/math/leadingPlane.ts';
import { principalComponents } from '#src/math/principalComponents.ts';
import { createRandom } from '#src/nn/random.ts';

/** 50 points whose spread is 5, 3, 1, 0.5 … along directions that are not the axes. */
function cloud(dimensions: number): number[] {
  const random = createRandom(1, 'cloud');
  const spreads = Array.from({ length: dimensions }, (_, at) => [5, 3, 1][at] ?? 0.5);
  return Array.from({ length: 50 }, () => {
    const own = spreads.map((spread) => spread * random.normal());
    // A rotation of neighbours, one after the other.
    for (let at = 0; at + 1 < dimensions; at += 1) {
      const [one = 0, other = 0] = [own[at], own[at + 1]];
      own[at] = 0.8 * one - 0.6 * other;
      own[at + 1] = 0.6 * one + 0.8 * other;
    }
    return own.map((value) => value + 2);
  }).flat();
}

it.each([2, 3, 8, 40])('lays a cloud of %i dimensions on the plane of its principal components', (dimensions) => {
  const points = cloud(dimensions);
  const found = leadingPlane(points, dimensions);
  const known = principalComponents(points, dimensions, 2);
  for (const [at, coordinate] of known.coordinates.entries()) {
    expect(found.coordinates[at]).toBeCloseTo(coordinate, 2);
  }
  expect(found.share).toBeCloseTo((known.shares[0] ?? 0) + (known.shares[1] ?? 0), 4);
});

it('lays points that are all the same on one place', () => {
  const { coordinates, share } = leadingPlane([1, 2, 3, 1, 2, 3], 3);
  expect([...coordinates]).toEqual([0, 0, 0, 0]);
  expect(share).toBe(0);
});

it('gives the second axis 0 where points have one dimension', () => {
  expect([...leadingPlane([1, 3], 1).coordinates]).toEqual([-1, 0, 1, 0]);
});
