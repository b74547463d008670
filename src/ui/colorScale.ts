import { onThemeChange, readColor, type Rgb } from './colors.ts';

/** Signed: negative - paper - positive, zero always the paper. Unsigned: paper - ink. */
export type Scale = 'signed' | 'unsigned';

/** Steps from zero to the limit. */
const steps = 255;
const tables = new Map<Scale, Uint32Array>();
let isListening = false;

/**
 * The colours of a scale from its lowest to its highest value, as bytes red, green, blue, alpha in memory order.
 *
 * @returns 511 colours for a signed scale (zero is number 255), 256 for an unsigned one.
 */
export function createColorTable(scale: Scale, colors: { negative: Rgb; zero: Rgb; positive: Rgb }): Uint32Array {
  const lowest = scale === 'signed' ? -steps : 0;
  const table = new Uint32Array(steps - lowest + 1);
  for (let level = lowest; level <= steps; level++) {
    const end = level < 0 ? colors.negative : colors.positive;
    table[level - lowest] = packed(mixed(colors.zero, end, Math.abs(level) / steps));
  }
  return table;
}

/** The colours of a scale in the theme of now. */
export function readColorTable(scale: Scale): Uint32Array {
  if (!isListening) {
    isListening = true;
    onThemeChange(() => tables.clear());
  }
  const known = tables.get(scale);
  if (known) return known;
  const table = createColorTable(scale, {
    negative: readColor('--scale-negative'),
    zero: readColor('--scale-zero'),
    positive: readColor(scale === 'signed' ? '--scale-positive' : '--scale-full'),
  });
  tables.set(scale, table);
  return table;
}

/** Which colour of the table a value has; beyond the limit the last one, for what is no number that of zero. */
export function colorIndex(value: number, limit: number, scale: Scale): number {
  const lowest = scale === 'signed' ? -1 : 0;
  const share = Math.min(1, Math.max(lowest, value / limit)) || 0;
  return Math.round((share - lowest) * steps);
}

/** The largest absolute value, for a scale that holds all; 1 where all are zero. */
export function limitOf(values: ArrayLike<number>, offset = 0, stride = 1): number {
  let limit = 0;
  for (let index = offset; index < values.length; index += stride) {
    const size = Math.abs(values[index] ?? 0);
    if (size > limit && size < Infinity) limit = size;
  }
  return limit || 1;
}

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const between = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [between(from[0], to[0]), between(from[1], to[1]), between(from[2], to[2])];
}

function packed([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
