import type { MetricPoint } from './protocol.ts';
import type { Series } from './runState.ts';

type AllSeries = Readonly<Record<string, Series>>;

/** The series with new points at their ends. A step that is there already keeps its first value. */
export function appendPoints(series: AllSeries, points: readonly MetricPoint[]): AllSeries {
  if (points.length === 0) return series;
  const result: Record<string, { steps: number[]; values: number[] }> = {};
  for (const { step, metric, value } of points) {
    const old = series[metric];
    const grown = (result[metric] ??= { steps: [...(old?.steps ?? [])], values: [...(old?.values ?? [])] });
    if (step <= (grown.steps.at(-1) ?? -1)) continue;
    grown.steps.push(step);
    grown.values.push(value);
  }
  return { ...series, ...result };
}

/** The series as they were after `step` steps. */
export function truncateSeries(series: AllSeries, step: number): AllSeries {
  return Object.fromEntries(
    Object.entries(series).map(([metric, { steps, values }]) => {
      const end = steps.findIndex((other) => other > step);
      return [metric, end < 0 ? { steps, values } : { steps: steps.slice(0, end), values: values.slice(0, end) }];
    }),
  );
}
