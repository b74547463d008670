/**
 * The place of one item in a list that is sorted by score, 1 for the first. Of equal scores the item with the lower
 * number comes first.
 *
 * @param leftOut items that the list does not show; the one that is looked for must not be among them.
 */
export function rankOf(scores: ArrayLike<number>, item: number, leftOut: readonly number[] = []): number {
  const own = scores[item] ?? Number.NEGATIVE_INFINITY;
  const isAhead = (other: number) => {
    const score = scores[other] ?? Number.NEGATIVE_INFINITY;
    return score > own || (score === own && other < item);
  };
  let rank = 1;
  for (let other = 0; other < scores.length; other += 1) if (isAhead(other)) rank += 1;
  for (const other of new Set(leftOut)) if (other < scores.length && isAhead(other)) rank -= 1;
  return rank;
}

/** The items with the highest scores, the best first, in the order that `rankOf` counts. */
export function bestItems(scores: ArrayLike<number>, count: number, leftOut: readonly number[] = []): number[] {
  const out = new Set(leftOut);
  return Array.from({ length: scores.length }, (_, item) => item)
    .filter((item) => !out.has(item))
    .sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other)
    .slice(0, count);
}

export interface RankingQuality {
  /** The share of lists that have the right item among their first ten. */
  hitRate10: number;
  /** Mean reciprocal rank: the mean of 1 / rank of the right item. */
  meanReciprocalRank: number;
}

/** @param ranks of the right item, one for each list; NaN for none at all. */
export function rankingQuality(ranks: readonly number[]): RankingQuality {
  const mean = (of: (rank: number) => number) => ranks.reduce((sum, rank) => sum + of(rank), 0) / ranks.length;
  return { hitRate10: mean((rank) => (rank <= 10 ? 1 : 0)), meanReciprocalRank: mean((rank) => 1 / rank) };
}
