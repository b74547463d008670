import { describe, expect, it } from 'vitest';
import { principalComponents } from '#src/math/principalComponents.ts';
import { createRandom } from '#src/nn/random.ts';

/** Points spread by these deviations along axes at right angles to each other, in `dimensions` dimensions. */
function cloud(count: number, dimensions: number, deviations: readonly number[]) {
  const random = createRandom(3, 'cloud');
  // Reflections keep lengths and angles.
  const mirrors = Array.from({ length: 4 }, () => unit([...random.normals(dimensions)]));
  const turned = (point: number[]) =>
    mirrors.reduce((now, mirror) => {
      const twice = 2 * now.reduce((sum, value, at) => sum + value * (mirror[at] ?? 0), 0);
      return now.map((value, at) => value - twice * (mirror[at] ?? 0));
    }, point);
  return Array.from({ length: count }, () =>
    turned(Array.from({ length: dimensions }, (_, at) => 5 + (deviations[at] ?? 0) * random.normal())),
  );
}

const unit = (vector: number[]) => vector.map((value) => value / Math.hypot(...vector));

describe('principal components', () => {
  it('of points on a line lie on the line, at their distances, and hold all the variance', () => {
    const points = [0, 1, 3, 6].flatMap((along) => [2 + 3 * along, 1 - 4 * along]);
    const { coordinates, shares } = principalComponents(points, 2, 2);
    const first = [0, 1, 2, 3].map((point) => coordinates[2 * point] ?? NaN);
    // The direction's largest number, the second, is positive: the line is walked downwards.
    expect(first.map((value) => value - (first[0] ?? NaN))).toEqual(
      [0, -5, -15, -30].map((value) => expect.closeTo(value, 4) as number),
    );
    expect(shares).toEqual([expect.closeTo(1, 10), expect.closeTo(0, 10)]);
  });

  it('keep distances when no axis is left out', () => {
    const points = cloud(40, 6, [3, 2, 1, 1, 0.5, 0.1]);
    const { coordinates } = principalComponents(points.flat(), 6, 6);
    const at = (point: number) => [...coordinates.subarray(6 * point, 6 * point + 6)];
    const distance = (one: number[], other: number[]) =>
      Math.hypot(...one.map((value, axis) => value - (other[axis] ?? NaN)));
    for (let point = 1; point < 40; point += 1) {
      expect(distance(at(0), at(point))).toBeCloseTo(distance(points[0] ?? [], points[point] ?? []), 4);
    }
  });

  it('find the two directions along which 32 dimensions differ most, each uncorrelated with the other', () => {
    const points = cloud(2000, 32, [4, 2, ...Array.from({ length: 30 }, () => 0.2)]);
    const { coordinates, shares } = principalComponents(points.flat(), 32, 2);
    const axis = (which: number) => Array.from({ length: 2000 }, (_, point) => coordinates[2 * point + which] ?? NaN);
    const product = (one: number[], other: number[]) =>
      one.reduce((sum, value, at) => sum + value * (other[at] ?? NaN), 0) / 2000;
    expect(Math.sqrt(product(axis(0), axis(0)))).toBeCloseTo(4, 0);
    expect(Math.sqrt(product(axis(1), axis(1)))).toBeCloseTo(2, 0);
    expect(Math.abs(product(axis(0), axis(1)))).toBeLessThan(1e-4);
    expect(shares[0]).toBeCloseTo(16 / (16 + 4 + 30 * 0.04), 1);
  });

  it('are the same, signs included, when all points are mirrored twice, and zero for equal points', () => {
    const points = cloud(20, 4, [3, 1, 0.5, 0.1]).flat();
    expect(principalComponents(points, 4, 2)).toEqual(principalComponents([...points], 4, 2));
    const { coordinates, shares } = principalComponents([1, 2, 1, 2, 1, 2], 2, 2);
    expect([...coordinates]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(shares).toEqual([0, 0]);
  });
});
