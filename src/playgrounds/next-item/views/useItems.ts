import { useMemo } from 'react';
import { readSessionFile, type SessionFile } from '#src/math/sessionCsv.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import { items, shelves } from '../spec.ts';
import { texts } from '../texts.ts';

export interface Shelf {
  name: string;
  /** Numbers of its items. */
  items: readonly number[];
}

export interface Items {
  /** By number, in the reader's language or as the reader's log has them. */
  names: readonly string[];
  shelves: readonly Shelf[];
  /** What was read of the reader's log, if that is what is learnt from. */
  file: SessionFile | undefined;
}

let latest: { text: string; file: ReturnType<typeof readSessionFile> } | undefined;

/** Reads a log once, however often it is asked for. */
export function readOnce(text: string): ReturnType<typeof readSessionFile> {
  if (latest?.text !== text) latest = { text, file: readSessionFile(text) };
  return latest.file;
}

/** The items of the log that is learnt from. */
export function useItems(own: string | undefined): Items {
  const t = useTranslate(texts);
  return useMemo(() => {
    const file = own === undefined ? undefined : readOnce(own);
    if (file && !('problem' in file)) {
      const all = { name: t('shelves.all'), items: file.items.map((_, item) => item) };
      return { names: [...file.items, t('lists.other')], shelves: [all], file };
    }
    return {
      names: items.map((item) => t(`item.${item}`)),
      shelves: Object.entries(shelves).map(([shelf, names]) => ({
        name: t(`shelf.${shelf as keyof typeof shelves}`),
        items: names.map((item) => items.indexOf(item)),
      })),
      file: undefined,
    };
  }, [own, t]);
}
