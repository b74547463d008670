import { memo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { texts } from '../texts.ts';
import styles from './Shelves.module.css';
import type { Shelf } from './useItems.ts';

export interface ShelvesProps {
  shelves: readonly Shelf[];
  names: readonly string[];
  /** Items of the session so far. */
  clicks: readonly number[];
  /** Whether an item is in a session at most once: then a second click takes it out. */
  isOnce: boolean;
  onClick: (item: number) => void;
}

/** The shop: every item is a button, shelf by shelf; those in the session are marked with their place in it. */
export const Shelves = memo(function Shelves({ shelves, names, clicks, isOnce, onClick }: ShelvesProps) {
  const t = useTranslate(texts);
  return (
    <div className={styles.shelves} role="group" aria-label={t('shelves.label')} data-many={shelves.length === 1}>
      {shelves.map((shelf) => (
        <div key={shelf.name} className={styles.shelf} role="group" aria-label={shelf.name}>
          <span className={styles.name} aria-hidden="true">
            {shelf.name}
          </span>
          {shelf.items.map((item) => {
            const place = clicks.lastIndexOf(item);
            return (
              <button
                key={item}
                type="button"
                className={styles.item}
                data-item={item}
                aria-pressed={isOnce ? place >= 0 : undefined}
                data-clicked={place >= 0}
                onClick={() => onClick(item)}
              >
                {place >= 0 && (
                  <span className={styles.place} aria-hidden="true">
                    {place + 1}
                  </span>
                )}
                {names[item]}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
});
