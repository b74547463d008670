import { memo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { Mark } from './Mark.tsx';
import { formatPercent } from './numbers.ts';
import styles from './ProbabilityBars.module.css';

export interface ProbabilityBarsProps {
  /** One for each class, in [0, 1]; absent: empty bars. */
  probabilities: ArrayLike<number> | undefined;
  /** Names of the classes; absent: 0, 1, 2, … */
  labels?: readonly string[] | undefined;
  /** The true class, if it is known. */
  truth?: number | undefined;
  label: string;
  /** In a narrow place: which one is read is told by its mark alone to the eye. */
  isCompact?: boolean;
}

/** What the network thinks of one example: a bar for each class; the largest is what it reads. */
export const ProbabilityBars = memo(function ProbabilityBars(props: ProbabilityBarsProps) {
  const { probabilities, labels, truth, label, isCompact = false } = props;
  const t = useTranslate();
  const count = probabilities?.length ?? labels?.length ?? 10;
  const read = probabilities && indexOfLargest(probabilities);
  return (
    <table className={isCompact ? `${styles.bars} ${styles.compact}` : styles.bars}>
      <caption className={styles.caption}>{label}</caption>
      <thead className={styles.head}>
        <tr>
          <th scope="col">{t('probability.class')}</th>
          <th scope="col">{t('probability.probability')}</th>
          <th scope="col">{t('probability.note')}</th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: count }, (_, index) => {
          const probability = probabilities?.[index];
          const isRead = index === read;
          return (
            <tr key={index} className={isRead ? styles.read : undefined}>
              <th scope="row">{labels?.[index] ?? index}</th>
              <td>
                <div className={styles.cell}>
                  <span className={styles.track} aria-hidden="true">
                    <span className={styles.bar} style={{ transform: `scaleX(${probability ?? 0})` }} />
                  </span>
                  <span className={styles.number}>{probability === undefined ? '–' : formatPercent(probability)}</span>
                </div>
              </td>
              <td className={styles.note}>
                {isRead && (
                  <span className={styles.noteRead}>
                    {truth !== undefined && <Mark isRight={index === truth} />}
                    <span className={styles.word}>{t('probability.read')}</span>
                  </span>
                )}
                {index === truth && !(isCompact && isRead) && <span>{t('probability.truth')}</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
});

function indexOfLargest(values: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[largest] ?? 0)) largest = index;
  }
  return largest;
}
