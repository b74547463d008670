import { memo, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { ConfusionMatrix } from '#src/ui/ConfusionMatrix.tsx';
import { texts } from '../texts.ts';
import styles from './Review.module.css';

export interface ReviewProps {
  /** Of a snapshot: labels, predictions, mistakes. */
  arrays: NamedArrays;
  /** The unseen sentences. */
  utterances: readonly string[];
  /** What the classes are called. */
  names: readonly string[];
  /** Puts an unseen sentence into the box. */
  onShow: (example: number) => void;
}

/** How unseen sentences are read: which class is taken for which, the sentences behind a number, the worst mistakes. */
export const Review = memo(function Review({ arrays, utterances, names, onShow }: ReviewProps) {
  const t = useTranslate(texts);
  const [cell, setCell] = useState<readonly [truth: number, read: number]>();
  const labels = arrays['labels']?.values ?? [];
  const predictions = arrays['predictions']?.values ?? [];
  const mistakes = [...(arrays['mistakes']?.values ?? [])];
  const behind = cell
    ? Array.from(labels, (_, example) => example).filter(
        (example) => labels[example] === cell[0] && predictions[example] === cell[1],
      )
    : [];
  const list = (examples: readonly number[]) => (
    <ul className={styles.list}>
      {examples.map((example) => (
        <li key={example}>
          <button type="button" className={styles.sentence} onClick={() => onShow(example)}>
            <q>{utterances[example]}</q>{' '}
            <span className={styles.fate}>
              {t(labels[example] === predictions[example] ? 'review.right' : 'review.wrong', {
                truth: names[labels[example] ?? -1] ?? '',
                read: names[predictions[example] ?? -1] ?? '',
              })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <div className={styles.review}>
      <section>
        <ConfusionMatrix
          predictions={predictions}
          labels={labels}
          classes={names.length}
          names={names}
          texts={texts}
          onChoose={(truth, read) => setCell([truth, read])}
        />
      </section>
      <section>
        <p className={styles.title}>
          {cell
            ? t('review.behind', { truth: names[cell[0]] ?? '', read: names[cell[1]] ?? '' })
            : t('review.mistakes.unseen')}
        </p>
        <p className={styles.note}>{t('review.help')}</p>
        <div className={styles.sentences}>
          {list(cell ? behind : mistakes)}
          {(cell ? behind : mistakes).length === 0 && (
            <p className={styles.note}>{t(cell ? 'review.none' : 'review.no-mistakes')}</p>
          )}
        </div>
        {cell && (
          <button type="button" className={styles.back} onClick={() => setCell(undefined)}>
            {t('review.back')}
          </button>
        )}
      </section>
    </div>
  );
});
