/** Lengths on a logarithmic scale: from 10^-below to 10^above, both of a few round numbers, so that it seldom changes. */
export interface Decades {
  below: number;
  above: number;
}

const rounds = [1, 2, 4, 8, 12, 16, 24, 32, 48];

/** The scale on which all of these can be drawn; those that are 0 or not finite cannot. */
export function decadesOf(lengths: ArrayLike<number>): Decades {
  const logarithms = Array.from(lengths, (length) => Math.log10(length)).filter(Number.isFinite);
  const cover = (most: number) => rounds.find((decades) => decades >= most) ?? 48;
  return { below: cover(Math.max(0, ...logarithms.map((value) => -value))), above: cover(Math.max(0, ...logarithms)) };
}

/** Where a length stands, from 0 at the top to 1; what leaves the scale stands at its edge. */
export function heightOf(length: number, { below, above }: Decades): number {
  const logarithm = Math.min(above, Math.max(-below, Math.log10(length)));
  return Number.isNaN(logarithm) ? 1 : (above - logarithm) / (above + below);
}

/** What became of a gradient on its way: of the length 1 that set out, `arrived` came through. */
export type Fate = 'vanished' | 'exploded' | 'arrived';

/** A tenth or tenfold is called so: with more time steps it only goes on like that. */
export function fateOf(arrived: number): Fate {
  if (!(arrived < 10)) return 'exploded';
  return arrived < 0.1 ? 'vanished' : 'arrived';
}
