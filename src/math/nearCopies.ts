/** Two texts that share most of their characters' triples. */
export interface NearCopy {
  /** Places of the two in their lists. */
  first: number;
  second: number;
  /** From 0 (nothing in common) to 1 (the same text, up to case, spaces and punctuation). */
  similarity: number;
}

/**
 * How alike two texts are, from 0 to 1: of all triples of neighbouring characters in either, the fraction that is in
 * both (Jaccard's index). Case, spaces and punctuation do not count; the ends of the text count as characters.
 *
 * @see Broder 1997, "On the resemblance and containment of documents", which does so with words.
 */
export function similarity(first: string, second: string): number {
  return jaccard(triples(first), triples(second));
}

/** The pairs of a text of the one list and a text of the other that are at least so alike. */
export function findNearCopies(firsts: readonly string[], seconds: readonly string[], limit: number): NearCopy[] {
  const others = seconds.map(triples);
  return firsts.map(triples).flatMap((one, first) =>
    others.flatMap((other, second) => {
      const alike = jaccard(one, other);
      return alike >= limit ? [{ first, second, similarity: alike }] : [];
    }),
  );
}

function triples(text: string): Set<string> {
  const characters = [' ', ...text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''), ' '];
  return new Set(characters.slice(2).map((last, place) => `${characters[place]}${characters[place + 1]}${last}`));
}

function jaccard(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  let shared = 0;
  for (const triple of first) if (second.has(triple)) shared += 1;
  const all = first.size + second.size - shared;
  return all === 0 ? 1 : shared / all;
}
