import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { colorIndex, createColorTable, limitOf } from '#src/ui/colorScale.ts';
import { Heatmap } from '#src/ui/Heatmap.tsx';
import { ScaleLegend } from '#src/ui/ScaleLegend.tsx';
import { show } from './setup.tsx';

const colors = { negative: [0, 0, 255], zero: [250, 251, 252], positive: [255, 128, 0] } as const;

describe('a colour scale', () => {
  const table = createColorTable('signed', colors);
  const colorOf = (value: number) => [...new Uint8Array(table.buffer, 4 * colorIndex(value, 2, 'signed'), 4)];

  it('gives zero exactly the colour of the paper', () => {
    expect(colorOf(0)).toEqual([250, 251, 252, 255]);
    expect(colorOf(Number.NaN)).toEqual([250, 251, 252, 255]);
  });

  it('reaches its ends at the limit and stays there beyond', () => {
    for (const value of [-2, -3, -Infinity]) expect(colorOf(value)).toEqual([0, 0, 255, 255]);
    for (const value of [2, 1e30, Infinity]) expect(colorOf(value)).toEqual([255, 128, 0, 255]);
  });

  it('starts at the paper where no value is negative', () => {
    expect(colorIndex(0, 1, 'unsigned')).toBe(0);
    expect(colorIndex(-1, 1, 'unsigned')).toBe(0);
    expect(createColorTable('unsigned', colors)).toHaveLength(256);
  });

  it('holds the largest finite value, of one channel only where asked', () => {
    expect(limitOf([1, -5, 3, Infinity])).toBe(5);
    expect(limitOf([1, 9, 2, 9, -3, 9], 0, 2)).toBe(3);
    expect(limitOf([0, 0])).toBe(1);
  });

  it('prints its range', () => {
    show(<ScaleLegend limit={0.25} scale="signed" />);
    expect(screen.getByRole('img').textContent).toBe('−0.2500.25');
  });
});

describe('a picture of numbers', () => {
  const values = Float32Array.from({ length: 24 }, (_, index) => index);

  it('is an image with a name where it cannot be pointed at', () => {
    show(<Heatmap values={values} width={4} height={6} scale="unsigned" label="map 1" />);
    expect(screen.getByRole('img', { name: 'map 1' })).toBeDefined();
  });

  it('moves from cell to cell with the arrow keys, stops at the edge, and Escape leaves', () => {
    const onPointCell = vi.fn();
    show(<Heatmap values={values} width={4} height={6} scale="signed" label="map" onPointCell={onPointCell} />);
    const picture = screen.getByRole('application');
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Escape']) {
      fireEvent.keyDown(picture, { key });
    }
    expect(onPointCell.mock.calls).toEqual([[{ row: 3, column: 2 }], [{ row: 3, column: 3 }], [null]]);
  });

  it('names the cell and its value, of the channel it shows', () => {
    const channel = { values, offset: 1, stride: 2, width: 4, height: 3, scale: 'signed', label: 'map' } as const;
    show(<Heatmap {...channel} onPointCell={() => undefined} />);
    fireEvent.keyDown(screen.getByRole('application'), { key: 'ArrowUp' });
    expect(screen.getByRole('status').textContent).toBe('Row 1, column 2: 13');
    expect(screen.getByRole('application').getAttribute('aria-label')).toBe('map. Row 1, column 2: 13');
  });

  it('finds the cell under a pointer', () => {
    const onPointCell = vi.fn();
    show(<Heatmap values={values} width={4} height={6} scale="signed" label="map" onPointCell={onPointCell} />);
    const picture = screen.getByRole('application');
    vi.spyOn(picture, 'getBoundingClientRect').mockReturnValue(new DOMRect(100, 50, 40, 60));
    fireEvent(picture, new MouseEvent('pointermove', { bubbles: true, clientX: 125, clientY: 69 }));
    expect(onPointCell).toHaveBeenLastCalledWith({ row: 1, column: 2 });
    fireEvent(picture, new MouseEvent('pointerout', { bubbles: true, relatedTarget: document.body }));
    expect(onPointCell).toHaveBeenLastCalledWith(null);
  });

  it('frames a window of cells in shares of its size', () => {
    const highlight = { row: -1, column: 1, height: 3, width: 2 };
    const { container } = show(
      <Heatmap values={values} width={4} height={6} scale="signed" label="map" highlight={highlight} />,
    );
    const { left, top, width, height } = container.querySelector<HTMLElement>('span')?.style ?? {};
    expect([left, width, height]).toEqual(['25%', '50%', '50%']);
    expect(parseFloat(top ?? '')).toBeCloseTo(-100 / 6);
  });
});
