import type { NamedArray, NamedArrays } from '#src/training/journal.ts';

/** A character of a text, with what the network said of it before it came. */
export interface Told {
  /** How it is shown. */
  character: string;
  /** In [0, 1]; absent for one of which nothing was said. */
  probability?: number | undefined;
  /** What was likeliest there, the likeliest first. */
  alternatives: readonly { character: string; probability: number }[];
}

export function charactersOf(vocabulary: NamedArray | undefined): string[] {
  return Array.from(vocabulary?.values ?? [], (codePoint) => String.fromCodePoint(codePoint));
}

/** The text of a snapshot, an answer or a trace, character by character. */
export function toldIn(arrays: NamedArrays, characters: readonly string[]): Told[] {
  const { symbols, probability, alternatives, alternativeProbabilities } = arrays;
  const ranks = alternatives?.shape[1] ?? 0;
  return Array.from(symbols?.values ?? [], (symbol, place) => {
    const share = probability?.values[place] ?? -1;
    const row = Array.from({ length: ranks }, (_, rank) => place * ranks + rank);
    return {
      character: characters[symbol] ?? '�',
      probability: share < 0 ? undefined : share,
      alternatives: row.flatMap((at) => {
        const other = alternatives?.values[at] ?? -1;
        return other < 0
          ? []
          : [{ character: characters[other] ?? '�', probability: alternativeProbabilities?.values[at] ?? 0 }];
      }),
    };
  });
}

/** A character on its own, so that it can be seen: a space and a line end have signs. */
export function visible(character: string): string {
  if (character === '\n') return '↵';
  if (character === ' ') return '␣';
  if (character === '\t') return '⇥';
  return /^\p{M}/u.test(character) ? `◌${character}` : character;
}

/** How much of a surprise a character was: 0 none, 3 a great one. */
export function surpriseOf(probability: number | undefined): 0 | 1 | 2 | 3 {
  if (probability === undefined || probability >= 0.5) return 0;
  return probability >= 0.1 ? 1 : probability >= 0.01 ? 2 : 3;
}
