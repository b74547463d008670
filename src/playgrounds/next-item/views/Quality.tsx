import { useTranslate } from '#src/i18n/translate.ts';
import type { RunState } from '#src/training/runState.ts';
import { LearningCurves } from '#src/ui/LearningCurves.tsx';
import { formatFixed, formatPercent } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import styles from './Quality.module.css';

const recommenders = [
  { who: 'network', prefix: '' },
  { who: 'markov', prefix: 'markov-' },
  { who: 'popularity', prefix: 'popularity-' },
  { who: 'best', prefix: 'best-' },
] as const;

const measures = [
  { name: 'hit-rate-10', label: 'quality.hit-rate', format: (share: number) => formatPercent(share) },
  { name: 'mrr', label: 'quality.mrr', format: (value: number) => formatFixed(value, 3) },
] as const;

export interface QualityProps extends Pick<RunState, 'series'> {
  /** `[recommender, measure]` as the snapshot has it, for the time before this run has measured anything. */
  stored: ArrayLike<number> | undefined;
  /** How many items can be recommended. */
  items: number;
}

/** Both measures of the network and of what it must beat. */
export function Quality({ series, stored, items }: QualityProps) {
  const t = useTranslate(texts);
  const valueOf = (prefix: string, name: string, place: number) => {
    const value = series[prefix + name]?.values.at(-1) ?? stored?.[place];
    return value === undefined || value < 0 ? undefined : value;
  };
  return (
    <div className={styles.quality}>
      <table className={styles.table}>
        <caption className={styles.caption}>
          <strong>{t('quality.label')}</strong> {t('quality.caption')}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('quality.recommender')}</th>
            {measures.map(({ name, label }) => (
              <th key={name} scope="col">
                {t(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {recommenders.map(({ who, prefix }, row) => (
            <tr key={who} data-who={who}>
              <th scope="row">{t(`lists.${who}`)}</th>
              {measures.map(({ name, format }, column) => {
                const value = valueOf(prefix, name, row * measures.length + column);
                return (
                  <td key={name}>
                    <span className={styles.cell}>
                      <output
                        className={styles.value}
                        data-metric={prefix + name}
                        data-value={value ?? ''}
                        aria-live="off"
                      >
                        {value === undefined ? '–' : format(value)}
                      </output>
                      <span className={styles.track} aria-hidden="true">
                        <span className={styles.bar} style={{ transform: `scaleX(${value ?? 0})` }} />
                      </span>
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{items < 20 ? t('quality.few', { count: items }) : '\u00a0'}</p>
    </div>
  );
}

/** Loss and hit rate over the steps of the run, the hit rate beside that of the Markov chain. */
export function Curves({ series }: Pick<RunState, 'series'>) {
  const t = useTranslate(texts);
  return (
    <LearningCurves
      series={series}
      unseen={t('session.example')}
      share={{
        label: t('quality.chart'),
        quiet: { metric: 'markov-hit-rate-10', label: t('lists.markov') },
        strong: { metric: 'hit-rate-10', label: t('lists.network') },
      }}
    />
  );
}
