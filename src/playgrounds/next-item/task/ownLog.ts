import { readSessionFile } from '#src/math/sessionCsv.ts';
import { createRandom } from '#src/nn/random.ts';
import type { ItemLog } from './itemLog.ts';

/** Of the sessions kept unseen so many are looked at, for that takes time. */
const MOST_UNSEEN = 400;
const DRAW_SEED = 2024;

/**
 * A log of the reader's. A fifth of the sessions, drawn by lot, is never learnt from.
 *
 * @param text a table of clicks.
 * @throws RangeError if there is nothing to learn in it.
 */
export function readOwnLog(text: string): ItemLog {
  const file = readSessionFile(text);
  if ('problem' in file) throw new RangeError(`The table of clicks cannot be used: ${file.problem}.`);
  const { items, sessions, otherItems } = file;
  const drawn = createRandom(DRAW_SEED, 'unseen sessions').shuffled(sessions.length);
  const unseen = new Set(drawn.subarray(0, Math.floor(sessions.length / 5)));
  return {
    items: items.length,
    symbols: items.length + 1 + (otherItems > 0 ? 1 : 0),
    train: sessions.filter((_, at) => !unseen.has(at)),
    unseen: sessions.filter((_, at) => unseen.has(at)).slice(0, MOST_UNSEEN),
    longest: Math.max(...sessions.map((session) => session.length)),
    repeats: sessions.some((session) => new Set(session).size < session.length),
  };
}
