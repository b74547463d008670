/** What a log says without any network: how often each item is clicked, and how often it follows which. */
export interface ClickCounts {
  items: number;
  /** `[items]` */
  clicks: Float64Array;
  /** `[items, items]`: how often the second came right after the first. */
  pairs: Float64Array;
}

/** @param sessions numbers of items in order; one from `items` on stands for an item that has no number of its own. */
export function countClicks(sessions: Iterable<ArrayLike<number>>, items: number): ClickCounts {
  const counts = { items, clicks: new Float64Array(items), pairs: new Float64Array(items * items) };
  for (const session of sessions) countSession(counts, session);
  return counts;
}

/** Adds one session to the counts. */
export function countSession({ items, clicks, pairs }: ClickCounts, session: ArrayLike<number>): void {
  for (let place = 0; place < session.length; place += 1) {
    const item = session[place] ?? items;
    if (item >= items) continue;
    clicks[item] = (clicks[item] ?? 0) + 1;
    const before = session[place - 1] ?? items;
    if (before < items) pairs[before * items + item] = (pairs[before * items + item] ?? 0) + 1;
  }
}

/** How probable each item is if all that is known is how often it is clicked: `[items]`, together 1. */
export function popularity({ clicks }: ClickCounts): Float64Array {
  // One click more for each: none is impossible.
  const sum = clicks.reduce((total, count) => total + count + 1, 0);
  return clicks.map((count) => (count + 1) / sum);
}

/** As much as so many observed pairs does popularity count in a Markov chain. */
const PRIOR = 5;

/**
 * How probable each item is after `last`: a Markov chain of first order, that is, all before the last click is
 * forgotten. What was seldom or never seen leans on popularity.
 *
 * @param last from `items` on, or undefined: popularity alone.
 * @returns `[items]`, together 1.
 */
export function markovNext(counts: ClickCounts, last: number | undefined): Float64Array {
  const { items, pairs } = counts;
  const general = popularity(counts);
  if (last === undefined || last >= items) return general;
  const row = pairs.subarray(last * items, (last + 1) * items);
  const sum = row.reduce((total, count) => total + count, PRIOR);
  return general.map((share, item) => ((row[item] ?? 0) + PRIOR * share) / sum);
}
