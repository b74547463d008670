import type { Translate } from '#src/i18n/translate.ts';
import type { ProgramCall } from '#src/training/protocol.ts';
import { formatCount, formatFixed, formatNumber } from './numbers.ts';

/** 288 B, 200.7 kB, 22.1 MB; a kB is 1,000 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${formatFixed(bytes / 1000, 1)} kB` : `${formatFixed(bytes / 1e6, 1)} MB`;
}

export function formatMicroseconds(microseconds: number): string {
  return microseconds < 100 ? `${formatFixed(microseconds, 1)} µs` : `${formatCount(microseconds)} µs`;
}

export function formatMilliseconds(milliseconds: number): string {
  return `${formatNumber(milliseconds)} ms`;
}

/** How many times as much, where there is something to compare. */
export function formatRatio(before: number, after: number): string {
  return before > 0 && after > 0 ? `${formatNumber(before / after, 2)} ×` : '–';
}

export function formatShape(shape: readonly number[], t: Translate): string {
  return shape.length === 0 ? t('program.scalar') : shape.join('×');
}

/** A call by name: its place (from 1), kernel and shape. */
export function nameOf({ kernel, shape }: ProgramCall, place: number, t: Translate): string {
  return t('program.call', { place: place + 1, kernel, shape: formatShape(shape, t) });
}
