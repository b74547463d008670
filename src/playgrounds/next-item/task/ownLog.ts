import { readSessionFile } from '#src/math/sessionCsv.ts';
import type { ItemLog } from './itemLog.ts';

/** So many of a reader's sessions are looked at; the others wait in vain, for looking takes time. */
const MOST_UNSEEN = 400;

/**
 * A log of the reader's. Every fifth session is never learnt from.
 *
 * @param text a table of clicks.
 * @throws RangeError if there is nothing to learn in it.
 */
export function readOwnLog(text: string): ItemLog {
  const file = readSessionFile(text);
  if ('problem' in file) throw new RangeError(`The table of clicks cannot be used: ${file.problem}.`);
  const { items, sessions, otherItems } = file;
  const isUnseen = (at: number) => at % 5 === 4;
  return {
    items: items.length,
    symbols: items.length + 1 + (otherItems > 0 ? 1 : 0),
    train: sessions.filter((_, at) => !isUnseen(at)),
    unseen: sessions.filter((_, at) => isUnseen(at)).slice(0, MOST_UNSEEN),
    longest: Math.max(...sessions.map((session) => session.length)),
    repeats: sessions.some((session) => new Set(session).size < session.length),
  };
}
