import { expect, it } from 'vitest';
import { leadingPlane } from '#src/math/leadingPlane.ts';
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

/** Variances along all principal components and the components themselves, the largest first, by Jacobi's rotations. */
function components(points: readonly number[], dimensions: number) {
  const count = points.length / dimensions;
  const at = (point: number, axis: number) => points[point * dimensions + axis] ?? NaN;
  const range = Array.from({ length: dimensions }, (_, axis) => axis);
  const rows = Array.from({ length: count }, (_, point) => point);
  const means = range.map((axis) => rows.reduce((sum, point) => sum + at(point, axis), 0) / count);
  const centred = (point: number, axis: number) => at(point, axis) - (means[axis] ?? NaN);
  const matrix = range.map((i) =>
    range.map((j) => rows.reduce((sum, row) => sum + centred(row, i) * centred(row, j), 0)),
  );
  const vectors = range.map((i) => range.map((j) => Number(i === j)));
  const rotate = (table: number[][], turn: (p: number, q: number) => [number, number], i: number, j: number) => {
    for (const row of table) [row[i], row[j]] = turn(row[i] ?? NaN, row[j] ?? NaN);
  };
  for (let sweep = 0; sweep < 30; sweep += 1) {
    for (const i of range)
      for (const j of range.slice(i + 1)) {
        const between = matrix[i]?.[j] ?? NaN;
        if (Math.abs(between) < 1e-12) continue;
        const angle = 0.5 * Math.atan2(2 * between, (matrix[j]?.[j] ?? NaN) - (matrix[i]?.[i] ?? NaN));
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const turn = (p: number, q: number): [number, number] => [c * p - s * q, s * p + c * q];
        rotate(matrix, turn, i, j);
        const [one, other] = [matrix[i] ?? [], matrix[j] ?? []];
        for (const k of range) [one[k], other[k]] = turn(one[k] ?? NaN, other[k] ?? NaN);
        rotate(vectors, turn, i, j);
      }
  }
  const order = [...range].sort((i, j) => (matrix[j]?.[j] ?? NaN) - (matrix[i]?.[i] ?? NaN));
  return {
    variances: order.map((axis) => matrix[axis]?.[axis] ?? NaN),
    coordinate: (point: number, place: number) =>
      range.reduce((sum, axis) => sum + centred(point, axis) * (vectors[axis]?.[order[place] ?? 0] ?? NaN), 0),
  };
}

it.each([2, 3, 8, 40])('lays a cloud of %i dimensions on the plane of its principal components', (dimensions) => {
  const points = cloud(dimensions);
  const found = leadingPlane(points, dimensions);
  const { variances, coordinate } = components(points, dimensions);
  for (const axis of [0, 1]) {
    // A component has no sign of its own.
    const sign = Math.sign((found.coordinates[axis] ?? NaN) * coordinate(0, axis));
    for (let point = 0; point < 50; point += 1)
      expect(found.coordinates[2 * point + axis]).toBeCloseTo(sign * coordinate(point, axis), 2);
  }
  const total = variances.reduce((sum, variance) => sum + variance);
  expect(found.share).toBeCloseTo(((variances[0] ?? NaN) + (variances[1] ?? NaN)) / total, 4);
});

it('lays points that are all the same on one place', () => {
  const { coordinates, share } = leadingPlane([1, 2, 3, 1, 2, 3], 3);
  expect([...coordinates]).toEqual([0, 0, 0, 0]);
  expect(share).toBe(0);
});

it('gives the second axis 0 where points have one dimension', () => {
  expect([...leadingPlane([1, 3], 1).coordinates]).toEqual([-1, 0, 1, 0]);
});
