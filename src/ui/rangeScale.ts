import type { Range } from '#src/training/spec.ts';

/** Positions of a slider, from 0. */
export const positions = 1000;

/** Where on the slider a value stands, 0 to `positions`. */
export function toPosition(range: Range, value: number): number {
  const { min, max, scale } = range;
  if (max <= min) return 0;
  const share = scale === 'log' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(Math.min(1, Math.max(0, share || 0)) * positions);
}

/** The value at a position: on the range's steps, or of two significant digits where there are none. */
export function fromPosition(range: Range, position: number): number {
  const { min, max, scale } = range;
  const share = position / positions;
  const value = scale === 'log' ? min * (max / min) ** share : min + (max - min) * share;
  return nearestIn(range, range.step === undefined ? Number(value.toPrecision(2)) : value);
}

/** How far one arrow key moves: one step of the range, or a fiftieth of the slider. */
export function keyboardStep(range: Range): number {
  if (range.step === undefined || range.scale === 'log') return positions / 50;
  return positions / Math.min(50, Math.max(1, Math.round((range.max - range.min) / range.step)));
}

/** The allowed value nearest to a number, without the dust of binary fractions. */
export function nearestIn({ min, max, step }: Range, value: number): number {
  const clamped = Math.min(max, Math.max(min, value));
  if (step === undefined) return clamped;
  return Math.min(max, Number((min + Math.round((clamped - min) / step) * step).toPrecision(12)));
}
