import { longest, createVisits, nextOfAnyTaste, type Shop } from '#src/math/sessionLog.ts';
import { rankingQuality, rankOf, type RankingQuality } from '#src/math/ranking.ts';
import { createRandom } from '#src/nn/random.ts';
import { items, kits, tastes } from '../spec.ts';

/** Sessions of clicks, some to learn from and some that are never learnt from. */
export interface ItemLog {
  /** Items that can be recommended; a session holds their numbers. */
  items: number;
  /** Symbols that a session is written in: the items, if there are more one for all others, last the beginning. */
  symbols: number;
  train: readonly (readonly number[])[];
  unseen: readonly (readonly number[])[];
  /** Most clicks of a session. */
  longest: number;
  /** Whether a session may hold the same item twice; where none does, no list shows an item again. */
  repeats: boolean;
  /** What is known of a log that was made up. */
  shop?: Shop;
}

const LEARNT = 10_000;
const UNSEEN = 400;
/** One log for all runs: another seed of a run is another network, not another shop. */
const LOG_SEED = 2024;

/** The book's shop. */
export const shop: Shop = {
  items: items.length,
  tastes: Object.values(tastes).map(({ often, sometimes }) =>
    items.map((item) => (often.includes(item) ? 3 : sometimes.includes(item) ? 1 : 0)),
  ),
  kits: kits.map((kit) => kit.map((item) => items.indexOf(item)) as [number, number, number]),
};

export function createItemLog(): ItemLog {
  const clicks = (stream: string, count: number) =>
    createVisits(shop, count, createRandom(LOG_SEED, stream)).map((visit) => visit.items);
  return {
    items: shop.items,
    symbols: shop.items + 1,
    train: clicks('sessions to learn from', LEARNT),
    unseen: clicks('unseen sessions', UNSEEN),
    longest,
    repeats: false,
    shop,
  };
}

/**
 * Ranks of the items that were clicked, in the lists of one recommender: after the first click of each session, after
 * the second, and so on. An item without a number of its own is not looked for.
 *
 * @param scoresOf the scores after so many clicks of a session, `[items]`.
 */
export function ranksOf(
  { items: count, repeats }: Pick<ItemLog, 'items' | 'repeats'>,
  sessions: readonly (readonly number[])[],
  scoresOf: (session: number, clicks: number) => ArrayLike<number>,
): number[] {
  return sessions.flatMap((session, at) =>
    session.flatMap((item, clicks) =>
      clicks === 0 || item >= count
        ? []
        : [rankOf(scoresOf(at, clicks), item, repeats ? [] : session.slice(0, clicks))],
    ),
  );
}

/** How well the lists of somebody do who knows the rules by which the log was made. */
export function bestQuality(log: ItemLog): RankingQuality | undefined {
  const { shop: rules, unseen } = log;
  if (!rules) return undefined;
  // In the precision of the lists that are shown: what differs by rounding alone is equally probable.
  const known = unseen.map((session) => nextOfAnyTaste(rules, session).map((next) => Float32Array.from(next)));
  return rankingQuality(ranksOf(log, unseen, (session, clicks) => known[session]?.[clicks] ?? []));
}
