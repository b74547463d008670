/** One curve of a chart: batches, noisy, or unseen data, looked at seldom. */
export interface ChartSeries {
  name: string;
  label: string;
  /** Ascending. */
  steps: readonly number[];
  values: readonly number[];
  kind: 'training' | 'unseen';
}

/** What a chart draws: the steps, then one column a line. Training has two lines: as it is, and smoothed. */
export type Columns = [steps: number[], ...lines: (number | null)[][]];

export type Trend = 'falling' | 'rising' | 'steady';

/** How many batches the smoothed line looks back on. */
const smoothingSpan = 20;

/**
 * The exponential moving average, corrected for its start, so that it begins at the first value.
 * A value that is not finite is left out.
 */
export function smoothed(values: readonly number[], span = smoothingSpan): number[] {
  const decay = 1 - 2 / (span + 1);
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return Number.NaN;
    sum = decay * sum + value;
    weight = decay * weight + 1;
    return sum / weight;
  });
}

/**
 * Which points to draw where there are more than pixels: the lowest and the highest of each bucket, so that no peak is
 * lost, and the last.
 *
 * @returns indices, ascending; all of them where `buckets` is enough.
 */
export function decimatedIndices(values: readonly number[], buckets: number): number[] {
  const count = values.length;
  if (count <= 2 * buckets) return values.map((_, index) => index);
  const indices = new Set<number>();
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * count) / buckets);
    const to = Math.floor(((bucket + 1) * count) / buckets);
    let low = from;
    let high = from;
    for (let index = from + 1; index < to; index++) {
      const value = values[index] ?? 0;
      if (value < (values[low] ?? 0)) low = index;
      if (value > (values[high] ?? 0)) high = index;
    }
    indices.add(Math.min(low, high)).add(Math.max(low, high));
  }
  return [...indices.add(count - 1)];
}

/** All series on one axis of steps; null where a line has no point. */
export function toColumns(series: readonly ChartSeries[], buckets: number): Columns {
  const lines = series.flatMap(({ steps, values, kind }) => {
    const indices = decimatedIndices(values, buckets);
    const pick = (from: readonly number[]) =>
      new Map(indices.map((index) => [steps[index] ?? index, finiteOrNull(from[index])]));
    return kind === 'training' ? [pick(values), pick(smoothed(values))] : [pick(values)];
  });
  const steps = [...new Set(lines.flatMap((line) => [...line.keys()]))].sort((a, b) => a - b);
  return [steps, ...lines.map((line) => steps.map((step) => line.get(step) ?? null))];
}

/** The value of a series at a step: that of the last point not after it; undefined before the first. */
export function valueAt({ steps, values }: Pick<ChartSeries, 'steps' | 'values'>, step: number): number | undefined {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? Infinity) <= step) low = middle + 1;
    else high = middle;
  }
  return values[low - 1];
}

/** Where a series is heading: the mean of its last fifth beside that of the fifth before. */
export function trendOf(values: readonly number[]): Trend {
  const part = Math.max(1, Math.floor(values.length / 5));
  const now = mean(values.slice(-part));
  const before = mean(values.slice(-2 * part, -part));
  const change = (now - before) / (Math.abs(before) || 1);
  return change < -0.02 ? 'falling' : change > 0.02 ? 'rising' : 'steady';
}

/** About `count` steps spread over all series, the last among them, for a table. */
export function sampledSteps(series: readonly ChartSeries[], count: number): number[] {
  const last = Math.max(0, ...series.map(({ steps }) => steps.at(-1) ?? 0));
  const first = Math.min(last, ...series.map(({ steps }) => steps[0] ?? last));
  const spread = Array.from({ length: count }, (_, row) => Math.round(first + ((last - first) * row) / (count - 1)));
  return [...new Set(spread)];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
