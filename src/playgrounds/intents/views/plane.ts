import type { NamedArray } from '#src/training/journal.ts';

export interface Point {
  x: number;
  y: number;
}

const MARGIN = 16;

/** The share of the points at each end that may stand at the edge: a few far ones would press all others together. */
const FAR = 0.015;

/** @param map `[tokens, 2]`; as large as the drawing allows. */
export function placeOnPlane(map: NamedArray | undefined, width: number, height: number): Point[] {
  const count = map?.shape[0] ?? 0;
  const fit = (axis: number, size: number) => {
    const values = Array.from({ length: count }, (_, token) => map?.values[token * 2 + axis] ?? 0);
    const sorted = [...values].sort((one, other) => one - other);
    const [low = 0, high = 0] = [sorted[Math.floor(FAR * count)], sorted[Math.ceil((1 - FAR) * count) - 1]];
    const within = (share: number) => Math.min(1, Math.max(0, share));
    return values.map((value) => MARGIN + within((value - low) / (high - low || 1)) * (size - 2 * MARGIN));
  };
  const [across, up] = [fit(0, width), fit(1, height)];
  return across.map((x, token) => ({ x, y: height - (up[token] ?? 0) }));
}

/** The nearest point that lies in a direction rather than beside it; the same where there is none. */
export function neighbourAt(points: readonly Point[], from: number, direction: Point): number {
  const start = points[from];
  let [nearest, least] = [from, Infinity];
  for (const [token, { x, y }] of points.entries()) {
    const [along, beside] = start
      ? [
          (x - start.x) * direction.x + (y - start.y) * direction.y,
          Math.abs((x - start.x) * direction.y) + Math.abs((y - start.y) * direction.x),
        ]
      : [0, 0];
    if (along > 0 && along >= beside && along + beside < least) [nearest, least] = [token, along + beside];
  }
  return nearest;
}

/** Those whose vectors point most nearly in the same direction. */
export function nearestVectors(vectors: NamedArray | undefined, chosen: number, count: number): number[] {
  const [tokens = 0, features = 0] = vectors?.shape ?? [];
  const value = (token: number, feature: number) => vectors?.values[token * features + feature] ?? 0;
  if (chosen >= tokens) return [];
  const similarity = (token: number) => {
    let [product, square] = [0, 0];
    for (let feature = 0; feature < features; feature += 1) {
      product += value(token, feature) * value(chosen, feature);
      square += value(token, feature) ** 2;
    }
    return product / (Math.sqrt(square) || 1);
  };
  return Array.from({ length: tokens }, (_, token) => ({ token, similarity: similarity(token) }))
    .filter(({ token }) => token !== chosen)
    .sort((one, other) => other.similarity - one.similarity)
    .slice(0, count)
    .map(({ token }) => token);
}
