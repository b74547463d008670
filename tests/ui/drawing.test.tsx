import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DrawingPad } from '#src/ui/DrawingPad.tsx';
import { createRaster, drawStroke, isBlank, type Raster } from '#src/ui/strokes.ts';
import { show } from './setup.tsx';

const ink = ({ pixels }: Raster) => pixels.reduce((sum, pixel) => sum + pixel, 0);

describe('a stroke', () => {
  it('covers what a line with round ends covers', () => {
    const raster = createRaster(100, 60);
    drawStroke(raster, { x: 20, y: 30 }, { x: 80, y: 30 }, 10);
    expect(ink(raster) / (60 * 20 + Math.PI * 100)).toBeCloseTo(1, 2);
  });

  it('is as dark drawn twice as once', () => {
    const once = createRaster(50, 50);
    drawStroke(once, { x: 10, y: 10 }, { x: 40, y: 30 }, 5);
    const twice = { ...once, pixels: once.pixels.slice() };
    drawStroke(twice, { x: 10, y: 10 }, { x: 40, y: 30 }, 5);
    expect(twice.pixels).toEqual(once.pixels);
    expect(Math.max(...once.pixels)).toBe(1);
  });

  it('beyond the edge leaves nothing behind', () => {
    const raster = createRaster(20, 20);
    drawStroke(raster, { x: -500, y: -500 }, { x: -400, y: 900 }, 5);
    expect(isBlank(raster)).toBe(true);
  });
});

describe('the drawing pad', () => {
  let frames: FrameRequestCallback[] = [];
  const nextFrame = () => frames.splice(0).forEach((frame) => frame(0));

  beforeEach(() => {
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('draws by keyboard: a line three cells long between pen down and pen up', () => {
    const onDraw = vi.fn<(picture: Raster | null) => void>();
    show(<DrawingPad onDraw={onDraw} label="Draw a digit" />);
    const sheet = screen.getByRole('application', { name: 'Draw a digit' });
    for (const key of ['Enter', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter', 'ArrowDown']) {
      fireEvent.keyDown(sheet, { key });
    }
    nextFrame();
    expect(onDraw).toHaveBeenCalledTimes(1);
    const picture = onDraw.mock.calls[0]?.[0];
    expect(picture && [picture.width, picture.height]).toEqual([280, 280]);
    expect(picture && ink(picture) / (30 * 22 + Math.PI * 121)).toBeCloseTo(1, 1);
  });

  it('says where the pen is', () => {
    show(<DrawingPad onDraw={() => undefined} label="画一个数字" />, 'zh');
    const sheet = screen.getByRole('application');
    fireEvent.keyDown(sheet, { key: 'ArrowLeft' });
    expect(screen.getByRole('status').textContent).toBe('提笔，第 15 行第 14 列');
    fireEvent.keyDown(sheet, { key: ' ' });
    expect(screen.getByRole('status').textContent).toBe('落笔，第 15 行第 14 列');
    fireEvent.keyUp(sheet, { key: ' ' });
    expect(screen.getByRole('status').textContent).toBe('提笔，第 15 行第 14 列');
  });

  it('gives null and tells its owner when it is cleared', () => {
    const onDraw = vi.fn<(picture: Raster | null) => void>();
    const onClear = vi.fn();
    show(<DrawingPad onDraw={onDraw} onClear={onClear} label="Draw a digit" />);
    fireEvent.keyDown(screen.getByRole('application'), { key: 'Enter' });
    nextFrame();
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    nextFrame();
    expect(onClear).toHaveBeenCalledTimes(1);
    expect(onDraw).toHaveBeenLastCalledWith(null);
  });
});
