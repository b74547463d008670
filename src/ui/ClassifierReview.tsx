import { memo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import styles from './ClassifierReview.module.css';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { DigitStrip } from './DigitStrip.tsx';

/** What is shown here of a snapshot. */
export const reviewArrays = ['strip', 'labels', 'predictions', 'mistakes', 'mistakePictures'] as const;

export interface ClassifierReviewProps {
  /** Those named by `reviewArrays`. */
  arrays: NamedArrays;
  /** Number of the chosen unseen picture; -1 for none. */
  chosen: number;
  onChoose: (example: number) => void;
}

/** How unseen pictures are read: some of them with right and wrong marked, the worst mistakes, who is taken for whom. */
export const ClassifierReview = memo(function ClassifierReview({ arrays, chosen, onChoose }: ClassifierReviewProps) {
  const t = useTranslate();
  const labels = arrays['labels']?.values ?? [];
  const predictions = arrays['predictions']?.values;
  const mistakes = [...(arrays['mistakes']?.values ?? [])];
  const at = (values: ArrayLike<number> | undefined) => mistakes.map((example) => values?.[example] ?? -1);
  return (
    <div className={styles.review}>
      <section className={styles.strip}>
        <p className={styles.title}>{t('review.strip')}</p>
        <DigitStrip
          {...picturesOf(arrays['strip'])}
          labels={labels}
          predictions={predictions}
          chosen={chosen}
          onChoose={onChoose}
          label={t('review.strip')}
        />
      </section>
      <section>
        <ConfusionMatrix predictions={predictions} labels={labels} classes={10} />
      </section>
      <section>
        <p className={styles.title}>{t('review.mistakes')}</p>
        <div className={styles.mistakes}>
          {mistakes.length === 0 ? (
            <p className={styles.empty}>{t('review.no-mistakes')}</p>
          ) : (
            <DigitStrip
              {...picturesOf(arrays['mistakePictures'])}
              labels={at(labels)}
              predictions={at(predictions)}
              chosen={mistakes.indexOf(chosen)}
              onChoose={(place) => onChoose(mistakes[place] ?? 0)}
              label={t('review.mistakes')}
            />
          )}
        </div>
      </section>
    </div>
  );
});

function picturesOf(array: NamedArray | undefined): { pictures: Uint8Array; size: number } {
  const values = array?.values;
  return { pictures: values instanceof Uint8Array ? values : new Uint8Array(0), size: array?.shape[0] ?? 0 };
}
