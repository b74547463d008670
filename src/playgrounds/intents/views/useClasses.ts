import { useMemo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { texts } from '../texts.ts';

/** The classes of the book, in the order of both its languages. */
const intents = [
  'order',
  'return',
  'refund',
  'payment',
  'invoice',
  'address',
  'complaint',
  'store',
  'account',
  'person',
] as const;

/** How many of the classes are the book's: the first ones. */
export const BOOK_CLASSES = intents.length;

/**
 * What the classes are called in the reader's language; those that readers made, as they called them.
 *
 * @param classes their names in the run; empty before it has told them.
 */
export function useClasses(classes: readonly string[]): readonly string[] {
  const t = useTranslate(texts);
  return useMemo(
    () => [...intents.map((intent) => t(`intent.${intent}`)), ...classes.slice(BOOK_CLASSES)],
    [classes, t],
  );
}
