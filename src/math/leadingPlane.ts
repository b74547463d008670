/** Times that the directions are sharpened; what then still turns cannot be seen. */
const ROUNDS = 60;

/**
 * Points of many dimensions on the plane along which they differ most, their mean in the middle: the first two
 * principal components, found by power iteration. That is quick enough for a picture that follows a training; two
 * directions along which the points differ nearly as much may stay mixed.
 *
 * @param points `[count, dimensions]`, at least 2 points.
 * @returns coordinates `[count, 2]`, and the share of the whole variance on the plane. Each axis is told from its
 *   opposite: the direction's largest number is positive.
 */
export function leadingPlane(
  points: ArrayLike<number>,
  dimensions: number,
): { coordinates: Float32Array; share: number } {
  const count = Math.floor(points.length / dimensions);
  const rest = centred(points, count, dimensions);
  const total = squares(rest);
  const coordinates = new Float32Array(count * 2);
  for (let axis = 0; axis < 2; axis += 1) {
    const direction = leadingDirection(rest, count, dimensions);
    const along = times(rest, direction, count, dimensions);
    for (let point = 0; point < count; point += 1) {
      const length = along[point] ?? 0;
      coordinates[point * 2 + axis] = length;
      // What lies along this direction is done with.
      for (let at = 0; at < dimensions; at += 1) {
        const place = point * dimensions + at;
        rest[place] = (rest[place] ?? 0) - length * (direction[at] ?? 0);
      }
    }
  }
  return { coordinates, share: total > 0 ? 1 - squares(rest) / total : 0 };
}

/** The direction, of length 1, along which centred points differ most. */
function leadingDirection(points: Float64Array, count: number, dimensions: number): Float64Array {
  let direction = new Float64Array(dimensions).map((_, at) => 1 / (at + 1));
  for (let round = 0; round < ROUNDS; round += 1) {
    const along = times(points, direction, count, dimensions);
    const next = new Float64Array(dimensions);
    for (let place = 0; place < points.length; place += 1) {
      const at = place % dimensions;
      next[at] = (next[at] ?? 0) + (points[place] ?? 0) * (along[Math.floor(place / dimensions)] ?? 0);
    }
    const length = Math.sqrt(squares(next));
    if (length === 0) break;
    direction = next.map((value) => value / length);
  }
  const highest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return highest < 0 ? direction.map((value) => -value) : direction;
}

/** How far each point lies along the direction. */
function times(points: Float64Array, direction: Float64Array, count: number, dimensions: number): Float64Array {
  const along = new Float64Array(count);
  for (let place = 0; place < points.length; place += 1) {
    const point = Math.floor(place / dimensions);
    along[point] = (along[point] ?? 0) + (points[place] ?? 0) * (direction[place % dimensions] ?? 0);
  }
  return along;
}

function centred(points: ArrayLike<number>, count: number, dimensions: number): Float64Array {
  const means = new Float64Array(dimensions);
  for (let place = 0; place < count * dimensions; place += 1) {
    const at = place % dimensions;
    means[at] = (means[at] ?? 0) + (points[place] ?? 0) / count;
  }
  return Float64Array.from(
    { length: count * dimensions },
    (_, place) => (points[place] ?? 0) - (means[place % dimensions] ?? 0),
  );
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
