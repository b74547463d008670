import type { NamedArray } from '#src/training/journal.ts';

/** How many alternatives are told. */
export const RANKS = 5;

/**
 * The likeliest symbols of each place.
 *
 * @param probabilities `[time, vocabulary]`
 * @returns `[time, rank]` each, the likeliest first; -1 where the vocabulary has no more.
 */
export function likeliest(
  probabilities: Float32Array,
  vocabulary: number,
): { alternatives: NamedArray; alternativeProbabilities: NamedArray } {
  const time = vocabulary === 0 ? 0 : probabilities.length / vocabulary;
  const symbols = new Float32Array(time * RANKS).fill(-1);
  const shares = new Float32Array(time * RANKS);
  for (let place = 0; place < time; place += 1) {
    const own = probabilities.subarray(place * vocabulary, (place + 1) * vocabulary);
    const row = place * RANKS;
    own.forEach((share, symbol) => {
      let rank = RANKS;
      while (rank > 0 && (symbols[row + rank - 1] === -1 || share > (shares[row + rank - 1] ?? 0))) rank -= 1;
      if (rank === RANKS) return;
      symbols.copyWithin(row + rank + 1, row + rank, row + RANKS - 1);
      shares.copyWithin(row + rank + 1, row + rank, row + RANKS - 1);
      symbols[row + rank] = symbol;
      shares[row + rank] = share;
    });
  }
  const shape = [time, RANKS];
  return { alternatives: { shape, values: symbols }, alternativeProbabilities: { shape, values: shares } };
}
