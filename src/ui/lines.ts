/** How a line is drawn: solid with circles, dashed with squares, dotted with triangles. */
export type LineShape = 'circle' | 'square' | 'triangle';

export interface Line {
  name: string;
  label: string;
  shape: LineShape;
  /** Places on the horizontal axis, ascending from 0. */
  at: readonly number[];
  values: readonly number[];
  /** A point is marked at every so many places; 1 without it. */
  everyPoint?: number;
}

export function linePath(x: readonly number[], y: readonly number[]): string {
  return x.map((along, index) => `${index === 0 ? 'M' : 'L'}${rounded(along)} ${rounded(y[index] ?? 0)}`).join('');
}

export function markerPath(shape: LineShape, x: number, y: number): string {
  const [cx, cy] = [rounded(x), rounded(y)];
  switch (shape) {
    case 'circle':
      return `M${cx - 3.5} ${cy}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z`;
    case 'square':
      return `M${cx - 3} ${cy - 3}h6v6h-6z`;
    case 'triangle':
      return `M${cx} ${cy - 4.5}l4.5 8h-9z`;
  }
}

/** About so many round numbers from `low` to `high`, both bounds included where they are round. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? rough;
  const first = Math.ceil(low / step - 1e-9);
  const ticks: number[] = [];
  for (let at = first; at * step <= high + step * 1e-9; at++) ticks.push(Number((at * step).toPrecision(12)));
  return ticks;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
