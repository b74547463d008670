import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { LossChart } from '#src/ui/LossChart.tsx';
import {
  decimatedIndices,
  sampledSteps,
  smoothed,
  toColumns,
  trendOf,
  valueAt,
  type ChartSeries,
} from '#src/ui/lossSeries.ts';
import { show } from './setup.tsx';

const count = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('the points of a curve', () => {
  it('keep the highest and the lowest when there are more than pixels', () => {
    const values = count(0, 20000).map((step) => Math.sin(step / 300));
    values[7777] = 9;
    values[12345] = -9;
    const indices = decimatedIndices(values, 500);
    expect(indices.length).toBeLessThanOrEqual(1001);
    expect(indices).toEqual(indices.toSorted((a, b) => a - b));
    expect(indices).toEqual(expect.arrayContaining([7777, 12345, 19999]));
  });

  it('are all there when they are few', () => {
    expect(decimatedIndices([3, 1, 2], 500)).toEqual([0, 1, 2]);
  });

  it('are smoothed from the first value on, without its start pulling to zero', () => {
    expect(smoothed([5, 5, 5])).toEqual([5, 5, 5]);
    const noisy = count(0, 400).map((step) => 2 + (step % 2 === 0 ? 1 : -1));
    expect(smoothed(noisy).at(-1)).toBeCloseTo(2, 0);
  });

  it('leave a gap where the loss is not finite', () => {
    const series: ChartSeries = { name: 'loss', label: '', kind: 'training', steps: [1, 2, 3], values: [2, NaN, 1] };
    expect(toColumns([series], 100)[1]).toEqual([2, null, 1]);
  });

  it('of two series stand on one axis of steps', () => {
    const training: ChartSeries = { name: 'a', label: '', kind: 'training', steps: [1, 2], values: [4, 3] };
    const unseen: ChartSeries = { name: 'b', label: '', kind: 'unseen', steps: [0, 2], values: [5, 6] };
    const [steps, raw, , other] = toColumns([training, unseen], 100);
    expect([steps, raw, other]).toEqual([
      [0, 1, 2],
      [null, 4, 3],
      [5, null, 6],
    ]);
  });

  it('are found by their step, or the one before', () => {
    const series = { steps: [10, 20, 30], values: [1, 2, 3] };
    expect([5, 10, 29, 99].map((step) => valueAt(series, step))).toEqual([undefined, 1, 2, 3]);
  });

  it('rise, fall or stay', () => {
    expect(trendOf(count(0, 50))).toBe('rising');
    expect(trendOf(count(0, 50).map((step) => -step))).toBe('falling');
    expect(trendOf(count(0, 50).map(() => 1))).toBe('steady');
  });

  it('are sampled for the table, the last among them', () => {
    const steps = count(1, 1001);
    const rows = sampledSteps([{ name: 'a', label: '', kind: 'training', steps, values: steps }], 12);
    expect(rows).toHaveLength(12);
    expect([rows[0], rows.at(-1)]).toEqual([1, 1000]);
  });
});

describe('a chart', () => {
  const series: ChartSeries[] = [
    {
      name: 'loss',
      label: 'training',
      kind: 'training',
      steps: count(1, 101),
      values: count(1, 101).map((n) => 5 / n),
    },
    { name: 'unseen-loss', label: 'unseen', kind: 'unseen', steps: [50, 100], values: [0.2, 0.1] },
  ];

  it('says in words what it draws', () => {
    show(<LossChart series={series} label="Loss" unit="nats" />);
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Loss: training 0.05 after 100 steps, falling; unseen 0.1 after 100 steps, falling',
    );
  });

  it('says so when there is nothing to draw yet', () => {
    show(<LossChart series={[]} label="损失" />, 'zh');
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe('损失: 还没有训练过一步');
  });

  it('is a table for who asks', () => {
    const { container } = show(<LossChart series={series} label="Loss" />);
    const details = container.querySelector('details');
    if (!details) throw new Error('no details');
    details.open = true;
    fireEvent(details, new Event('toggle'));
    expect(screen.getByRole('columnheader', { name: 'unseen' })).toBeDefined();
    const last = screen.getAllByRole('row').at(-1);
    expect(last?.textContent).toBe('1000.050.1');
  });
});
