import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { readColorTable } from '#src/ui/colorScale.ts';
import { drawUnits } from '#src/ui/drawUnits.ts';
import { LineChart } from '#src/ui/LineChart.tsx';
import { markerPath, niceTicks, type Line } from '#src/ui/lines.ts';
import { NormsOverTime } from '#src/ui/NormsOverTime.tsx';
import { UnitsOverTime } from '#src/ui/UnitsOverTime.tsx';
import { show } from './setup.tsx';

/** Three steps of two units. */
const values = Float32Array.of(0, 1, -0.5, 0.25, 1, -1);
const gate = { values, time: 3, units: 2, scale: 'signed', limit: 1, label: 'forget gate' } as const;

describe('a layer over the steps of a sequence', () => {
  it('is drawn with time to the right and a row a unit', () => {
    const canvas = document.createElement('canvas');
    const data = new Uint8ClampedArray(4 * 3 * 2);
    const put = vi.fn();
    const context = { createImageData: () => ({ data }), putImageData: put } as unknown as CanvasRenderingContext2D;
    vi.spyOn(canvas, 'getContext').mockReturnValueOnce(context as never);
    drawUnits(canvas, gate);
    const table = readColorTable('signed');
    const [low, zero, high] = [table[0], table[255], table[510]];
    const pixels = [...new Uint32Array(data.buffer)];
    expect(pixels).toHaveLength(6);
    expect([pixels[0], pixels[2], pixels[3], pixels[5]]).toEqual([zero, high, high, low]);
    expect(put).toHaveBeenCalledOnce();
  });

  it('says in words what it shows, and that there is nothing yet', () => {
    const { showAgain } = show(<UnitsOverTime {...gate} />);
    const name = 'forget gate: 2 units over 3 steps, lowest −1, mean 0.13, highest 1';
    expect(screen.getByRole('img', { name })).toBeDefined();
    showAgain(<UnitsOverTime {...gate} values={undefined} />);
    expect(screen.getByRole('img', { name: 'forget gate: not computed yet' })).toBeDefined();
  });

  it('is pointed at by arrow keys, which stay inside, and left by Escape', () => {
    const onPoint = vi.fn();
    show(<UnitsOverTime {...gate} onPoint={onPoint} />);
    const picture = screen.getByRole('application');
    const press = (key: string) => fireEvent.keyDown(picture, { key });
    press('ArrowRight');
    expect(onPoint).toHaveBeenLastCalledWith({ step: 0, unit: 0 });
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown']) press(key);
    expect(onPoint).toHaveBeenLastCalledWith({ step: 2, unit: 1 });
    expect(screen.getByRole('status').textContent).toBe('Step 2, unit 2: −1');
    press('Escape');
    expect(onPoint).toHaveBeenLastCalledWith(null);
  });
});

describe('the lengths of gradients over the steps of a sequence', () => {
  const barsOf = (container: HTMLElement) =>
    [...(container.querySelector('path')?.getAttribute('d') ?? '').matchAll(/v(-[\d.]+|0|-0)h/g)].map(([, height]) =>
      Math.abs(Number(height)),
    );

  it('are bars on a logarithmic scale; what is not finite is none', () => {
    const { container } = show(<NormsOverTime norms={[10, 1e-8, 0, Number.NaN, 10 ** -3.5, 1e9]} time={6} label="g" />);
    expect(barsOf(container)).toEqual([1, 0, 0, 0, 0.5, 1]);
    expect(screen.getByRole('img', { name: 'g: 10 at step 0, 1e9 at step 5' })).toBeDefined();
  });

  it('are none before they are computed', () => {
    const { container } = show(<NormsOverTime norms={new Float32Array(0)} time={6} label="g" />);
    expect(barsOf(container)).toEqual([]);
    expect(screen.getByRole('img', { name: 'g: not computed yet' })).toBeDefined();
  });
});

describe('lines', () => {
  const lines: Line[] = [
    { name: 'rnn', label: 'plain', shape: 'circle', at: [1, 5, 30], values: [0.4, 0.2, 0.12] },
    { name: 'lstm', label: 'LSTM', shape: 'triangle', at: [1, 5, 30], values: [1, 1, 0.99] },
    { name: 'gru', label: 'GRU', shape: 'square', at: [], values: [] },
  ];
  const percent = (value: number) => `${Math.round(100 * value)}%`;
  const chart = <LineChart lines={lines} label="Right" across="delay" range={[0, 1]} format={percent} />;

  it('are told apart by the shape of their points', () => {
    const shapes = (['circle', 'square', 'triangle'] as const).map((shape) => markerPath(shape, 10, 10));
    expect(new Set(shapes).size).toBe(3);
    const { container } = show(chart);
    const drawn = [...container.querySelectorAll('svg[role=img] path')].map((path) => path.getAttribute('d') ?? '');
    expect(drawn.filter((d) => d.includes('a3.5')).length).toBe(1);
    expect(drawn.filter((d) => d.includes('l4.5')).length).toBe(1);
  });

  it('say their last values in words, and all of them as a table', () => {
    show(chart);
    expect(screen.getByRole('img', { name: 'Right: plain 12%, LSTM 99%' })).toBeDefined();
    const details = screen.getByText('As a table').closest('details');
    if (!details) throw new Error('There is no table.');
    details.open = true;
    fireEvent(details, new Event('toggle'));
    const rows = within(screen.getByRole('table', { name: 'Right' })).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual(['delayplainLSTM', '140%100%', '520%100%', '3012%99%']);
  });

  it.each([
    [0, 1, 4, [0, 0.25, 0.5, 0.75, 1]],
    [0, 3, 4, [0, 1, 2, 3]],
    [0, 200, 4, [0, 50, 100, 150, 200]],
    [0, 7, 3, [0, 2.5, 5]],
  ])('have round numbers on their axes: %d to %d, about %d', (low, high, count, ticks) => {
    expect(niceTicks(low, high, count)).toEqual(ticks);
  });
});
