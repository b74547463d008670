/**
 * Points of many dimensions on the plane (or line, or space) along which they differ most, their mean in the middle.
 * Each axis is told from its opposite: the direction's largest number is positive.
 *
 * @param points `[count, dimensions]`
 * @param axes how many directions, at most `dimensions`.
 * @returns coordinates `[count, axes]`, and the share of the whole variance along each axis.
 * @see Pearson 1901. The directions are eigenvectors of the covariance, found by Jacobi's rotations.
 */
export function principalComponents(
  points: ArrayLike<number>,
  dimensions: number,
  axes: number,
): { coordinates: Float32Array; shares: number[] } {
  const count = Math.floor(points.length / dimensions);
  const centred = centre(points, count, dimensions);
  const { values, vectors } = eigenvectors(covariance(centred, count, dimensions), dimensions);
  const total = values.reduce((sum, value) => sum + value, 0);
  const order = [...values.keys()].sort((one, other) => (values[other] ?? 0) - (values[one] ?? 0)).slice(0, axes);
  const directions = order.map((column) => pointedUp(vectors.map((row) => row[column] ?? 0)));
  const coordinates = new Float32Array(count * axes);
  for (let point = 0; point < count; point += 1) {
    directions.forEach((direction, axis) => {
      let along = 0;
      for (let at = 0; at < dimensions; at += 1)
        along += (centred[point * dimensions + at] ?? 0) * (direction[at] ?? 0);
      coordinates[point * axes + axis] = along;
    });
  }
  return { coordinates, shares: order.map((column) => (total > 0 ? (values[column] ?? 0) / total : 0)) };
}

function centre(points: ArrayLike<number>, count: number, dimensions: number): Float64Array {
  const means = new Float64Array(dimensions);
  for (let at = 0; at < count * dimensions; at += 1) {
    means[at % dimensions] = (means[at % dimensions] ?? 0) + (points[at] ?? 0) / count;
  }
  return Float64Array.from(
    { length: count * dimensions },
    (_, at) => (points[at] ?? 0) - (means[at % dimensions] ?? 0),
  );
}

function covariance(centred: Float64Array, count: number, dimensions: number): number[][] {
  const sums = Array.from({ length: dimensions }, () => new Float64Array(dimensions));
  for (let point = 0; point < count; point += 1) {
    const row = centred.subarray(point * dimensions, (point + 1) * dimensions);
    sums.forEach((sum, one) => {
      for (let other = 0; other <= one; other += 1)
        sum[other] = (sum[other] ?? 0) + (row[one] ?? 0) * (row[other] ?? 0);
    });
  }
  return sums.map((_, one) =>
    sums.map((__, other) => (sums[Math.max(one, other)]?.[Math.min(one, other)] ?? 0) / Math.max(1, count - 1)),
  );
}

/** Rounds over all pairs; a matrix of 64 by 64 needs about eight. */
const SWEEPS = 30;

/**
 * Of a symmetric matrix, by turning pairs of axes until nothing is left off the diagonal.
 *
 * @returns values: one each; vectors: in columns.
 */
function eigenvectors(matrix: number[][], size: number): { values: number[]; vectors: number[][] } {
  const a = matrix.map((row) => Float64Array.from(row));
  const v = matrix.map((_, one) => Float64Array.from(matrix, (__, other) => (one === other ? 1 : 0)));
  const scale = a.reduce((sum, row, at) => sum + Math.abs(row[at] ?? 0), 0);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let left = 0;
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) {
        const off = a[p]?.[q] ?? 0;
        left += Math.abs(off);
        if (Math.abs(off) > 1e-15 * scale) turn(a, v, p, q);
      }
    }
    if (left <= 1e-12 * scale) break;
  }
  return { values: a.map((row, at) => row[at] ?? 0), vectors: v.map((row) => [...row]) };
}

/** Turns the axes p and q so that the two no longer vary together. */
function turn(a: Float64Array[], v: Float64Array[], p: number, q: number): void {
  const [rowP, rowQ] = [a[p], a[q]];
  if (!rowP || !rowQ) return;
  const [app = 0, aqq = 0, apq = 0] = [rowP[p], rowQ[q], rowP[q]];
  const theta = (aqq - app) / (2 * apq);
  const tangent = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const rows of [a, v]) {
    for (const row of rows) {
      const [one = 0, other = 0] = [row[p], row[q]];
      row[p] = cosine * one - sine * other;
      row[q] = sine * one + cosine * other;
    }
  }
  for (let at = 0; at < rowP.length; at += 1) {
    const [one = 0, other = 0] = [rowP[at], rowQ[at]];
    rowP[at] = cosine * one - sine * other;
    rowQ[at] = sine * one + cosine * other;
  }
}

function pointedUp(direction: readonly number[]): readonly number[] {
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}
