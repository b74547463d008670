import { useMemo } from 'react';
import { longest } from '#src/math/sessionLog.ts';
import { readSessionFile, type SessionFile } from '#src/math/sessionCsv.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import { items, shelves, spec } from '../spec.ts';
import { texts } from '../texts.ts';

export interface Shelf {
  name: string;
  /** Numbers of its items. */
  items: readonly number[];
}

export interface Items {
  /** By number, in the reader's language or as the reader's log has them, long ones cut. */
  names: readonly string[];
  shelves: readonly Shelf[];
  /** How many have a number of their own. */
  count: number;
  /** Whether a session holds an item at most once. */
  isOnce: boolean;
  /** Most clicks of a session. */
  longest: number;
  /** How many sessions are kept unseen and looked at. */
  unseen: number;
  /** What was read of the reader's log, if that is what is learnt from. */
  file: SessionFile | undefined;
}

/** So many unseen sessions the view has numbers for. */
const mostUnseen = spec.view.example.max + 1;

let latest: { text: string; file: ReturnType<typeof readSessionFile> } | undefined;

/** Reads a log once, however often it is asked for. */
export function readOnce(text: string): ReturnType<typeof readSessionFile> {
  if (latest?.text !== text) latest = { text, file: readSessionFile(text) };
  return latest.file;
}

/** At most so many characters, with a sign that there are more. */
export function short(name: string, most = 40): string {
  const characters = Array.from(name.slice(0, 2 * most + 2));
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : name;
}

/** The items of the log that is learnt from. */
export function useItems(own: string | undefined): Items {
  const t = useTranslate(texts);
  return useMemo(() => {
    const file = own === undefined ? undefined : readOnce(own);
    if (file && !('problem' in file)) {
      const { sessions } = file;
      return {
        names: [...file.items.map((item) => short(item)), t('lists.other')],
        shelves: [{ name: t('shelves.all'), items: file.items.map((_, item) => item) }],
        count: file.items.length,
        isOnce: sessions.every((clicks) => new Set(clicks).size === clicks.length),
        longest: sessions.reduce((most, { length }) => Math.max(most, length), 0),
        unseen: Math.min(mostUnseen, Math.floor(sessions.length / 5)),
        file,
      };
    }
    return {
      names: items.map((item) => t(`item.${item}`)),
      shelves: Object.entries(shelves).map(([shelf, names]) => ({
        name: t(`shelf.${shelf as keyof typeof shelves}`),
        items: names.map((item) => items.indexOf(item)),
      })),
      count: items.length,
      isOnce: true,
      longest,
      unseen: mostUnseen,
      file: undefined,
    };
  }, [own, t]);
}
