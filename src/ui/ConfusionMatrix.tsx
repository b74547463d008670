import { memo, useMemo, useState } from 'react';
import { useTranslate, type OwnTexts } from '#src/i18n/translate.ts';
import { countConfusion } from './confusion.ts';
import styles from './ConfusionMatrix.module.css';

export interface ConfusionMatrixProps {
  /** Class read for each example; absent before the first evaluation. */
  predictions: ArrayLike<number> | undefined;
  /** True class of each example. */
  labels: ArrayLike<number> | undefined;
  classes: number;
  /** What the classes are called, where not by number. */
  names?: readonly string[] | undefined;
  /** A playground's own words in place of those about digits. */
  texts?: OwnTexts<string> | undefined;
  /** Makes the cells buttons. */
  onChoose?: ((truth: number, prediction: number) => void) | undefined;
}

type Place = readonly [truth: number, prediction: number];

/** Which class is taken for which: a row for each true class, a column for each read one. */
export const ConfusionMatrix = memo(function ConfusionMatrix(props: ConfusionMatrixProps) {
  const { predictions, labels, classes, names, texts, onChoose } = props;
  const t = useTranslate(texts);
  const [place, setPlace] = useState<Place>();
  const confusion = useMemo(
    () => countConfusion(predictions ?? [], labels ?? [], classes),
    [predictions, labels, classes],
  );
  const isEmpty = confusion.examples === 0;
  const all = Array.from({ length: classes }, (_, index) => index);
  const numberOf = (index: number) => (names ? index + 1 : index);
  const words = ([truth, prediction]: Place) =>
    t(truth === prediction ? 'confusion.right' : 'confusion.wrong', {
      truth: names?.[truth] ?? truth,
      prediction: names?.[prediction] ?? prediction,
      count: confusion.counts[truth]?.[prediction] ?? 0,
      total: confusion.totals[truth] ?? 0,
    });

  const cell = (truth: number, prediction: number) => {
    const count = confusion.counts[truth]?.[prediction] ?? 0;
    const isRight = truth === prediction;
    const share = isRight || count === 0 ? 0 : 0.1 + 0.4 * (count / confusion.worst);
    const shown = isEmpty || count === 0 ? (isRight ? '–' : '') : count;
    const point = { onFocus: () => setPlace([truth, prediction]), onBlur: () => setPlace(undefined) };
    return (
      <td
        key={prediction}
        className={isRight ? styles.right : undefined}
        style={{ '--share': `${Math.round(share * 100)}%` } as React.CSSProperties}
        onPointerEnter={() => setPlace([truth, prediction])}
        onPointerLeave={() => setPlace(undefined)}
      >
        {onChoose && count > 0 ? (
          <button
            type="button"
            aria-label={words([truth, prediction])}
            onClick={() => onChoose(truth, prediction)}
            {...point}
          >
            {shown}
          </button>
        ) : (
          shown
        )}
      </td>
    );
  };

  return (
    <div className={names ? `${styles.confusion} ${styles.named}` : styles.confusion}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t('confusion.caption')}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              {t('confusion.axes')}
            </th>
            {all.map((index) => (
              <th key={index} scope="col" title={names?.[index]}>
                {numberOf(index)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map((truth) => (
            <tr key={truth}>
              <th scope="row">
                {numberOf(truth)}
                {names && ` ${names[truth] ?? ''}`}
              </th>
              {all.map((prediction) => cell(truth, prediction))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.line} role="status">
        {isEmpty ? t('confusion.empty') : place ? words(place) : t('confusion.hint', { count: confusion.examples })}
      </p>
    </div>
  );
});
