import { useTranslate } from '#src/i18n/translate.ts';
import type { RunState } from '#src/training/runState.ts';
import styles from './ClassifierMetrics.module.css';
import { LearningCurves } from './LearningCurves.tsx';
import { Metric } from './Metric.tsx';
import { formatFixed, formatPercent } from './numbers.ts';

/** Batches whose mean is called the recent accuracy. */
const RECENT = 20;

const fixed = (value: number) => formatFixed(value, 3);

/** Loss and accuracy of a classifier, on training batches and on unseen examples: four numbers. */
export function ClassifierMetrics({ series }: Pick<RunState, 'series'>) {
  const t = useTranslate();
  const last = (metric: string) => series[metric]?.values.at(-1);
  const recent = series['accuracy']?.values.slice(-RECENT) ?? [];
  const mean = recent.length > 0 ? recent.reduce((sum, one) => sum + one, 0) / recent.length : undefined;
  return (
    <div className={styles.metrics}>
      <Metric name="loss" label={t('metric.loss')} value={last('loss')} format={fixed} />
      <Metric name="accuracy" label={t('metric.accuracy')} value={mean} format={formatPercent} />
      <Metric name="unseen-loss" label={t('metric.unseen-loss')} value={last('unseen-loss')} format={fixed} />
      <Metric
        name="unseen-accuracy"
        label={t('metric.unseen-accuracy')}
        value={last('unseen-accuracy')}
        format={formatPercent}
      />
    </div>
  );
}

/** The same four over the steps of the run, as two curves. */
export function ClassifierCurves({ series }: Pick<RunState, 'series'>) {
  const t = useTranslate();
  return (
    <LearningCurves
      series={series}
      unseen={t('readout.unseen')}
      share={{
        label: t('readout.accuracy'),
        quiet: { metric: 'accuracy', label: t('readout.training') },
        strong: { metric: 'unseen-accuracy', label: t('readout.unseen') },
      }}
    />
  );
}
