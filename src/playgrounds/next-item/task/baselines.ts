import { countClicks, countSession, markovNext, popularity } from '#src/math/markovChain.ts';
import { rankingQuality, type RankingQuality } from '#src/math/ranking.ts';
import { bestQuality, ranksOf, type ItemLog } from './itemLog.ts';

/** What recommends without a network, counted in the same sessions that the network learns from. */
export interface Baselines {
  /** `[items]` each: how probable each item is whatever was clicked, and after the last click. */
  popularity(): Float64Array;
  markov(last: number | undefined): Float64Array;
  /** One session more is counted. */
  add(session: readonly number[]): void;
  /** How well they do on the unseen sessions, by what their metrics begin with. */
  qualities(): Readonly<Record<string, RankingQuality>>;
}

/** What the best lists would be hangs on the log alone. */
const best = new WeakMap<ItemLog, RankingQuality | undefined>();

export function createBaselines(log: ItemLog, learnt: readonly (readonly number[])[]): Baselines {
  const counts = countClicks(learnt, log.items);
  let known: Readonly<Record<string, RankingQuality>> | undefined;

  function measure() {
    const general = popularity(counts);
    const rows = Array.from({ length: log.symbols }, (_, last) => markovNext(counts, last));
    const after = (session: number, clicks: number) => rows[log.unseen[session]?.[clicks - 1] ?? log.items] ?? general;
    if (!best.has(log)) best.set(log, bestQuality(log));
    const highest = best.get(log);
    return {
      'popularity-': rankingQuality(ranksOf(log, log.unseen, () => general)),
      'markov-': rankingQuality(ranksOf(log, log.unseen, after)),
      ...(highest && { 'best-': highest }),
    };
  }

  return {
    popularity: () => popularity(counts),
    markov: (last) => markovNext(counts, last),
    add(session) {
      countSession(counts, session);
      known = undefined;
    },
    qualities: () => (known ??= measure()),
  };
}
