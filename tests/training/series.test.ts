import { expect, it } from 'vitest';
import { appendPoints, truncateSeries } from '#src/training/series.ts';

const points = (metric: string, ...steps: number[]) => steps.map((step) => ({ step, metric, value: step / 10 }));
const loss = appendPoints({}, points('loss', 1, 2, 3));

it('grows each metric by its own points', () => {
  const both = appendPoints(loss, [...points('loss', 4), ...points('unseen-loss', 4)]);
  expect(both).toEqual({
    loss: { steps: [1, 2, 3, 4], values: [0.1, 0.2, 0.3, 0.4] },
    'unseen-loss': { steps: [4], values: [0.4] },
  });
});

it('keeps what it has of a step that comes again', () => {
  const again = appendPoints(loss, [{ step: 3, metric: 'loss', value: 99 }, ...points('loss', 4)]);
  expect(again['loss']).toEqual({ steps: [1, 2, 3, 4], values: [0.1, 0.2, 0.3, 0.4] });
});

it('never changes what was there before', () => {
  appendPoints(loss, points('loss', 4));
  expect(loss['loss']?.steps).toEqual([1, 2, 3]);
  expect(appendPoints(loss, [])).toBe(loss);
});

it('goes back to a step, to none, and not beyond its end', () => {
  const both = appendPoints(loss, points('unseen-loss', 2, 5));
  expect(truncateSeries(both, 2)).toEqual({
    loss: { steps: [1, 2], values: [0.1, 0.2] },
    'unseen-loss': { steps: [2], values: [0.2] },
  });
  expect(truncateSeries(both, 0)['loss']).toEqual({ steps: [], values: [] });
  expect(truncateSeries(both, 99)).toEqual(both);
});
