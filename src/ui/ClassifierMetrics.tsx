import { useMemo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { RunState, Series } from '#src/training/runState.ts';
import styles from './ClassifierMetrics.module.css';
import { LossChart } from './LossChart.tsx';
import { Metric } from './Metric.tsx';
import { formatFixed, formatPercent } from './numbers.ts';
import { useSlowly } from './useSlowly.ts';

const empty: Series = { steps: [], values: [] };
/** Batches whose mean is called the recent accuracy. */
const RECENT = 20;

/** Curves are the costliest to draw, and the slowest to change. */
const CURVES_EVERY = 250; // ms

const fixed = (value: number) => formatFixed(value, 3);

const wholePercent = (value: number) => formatPercent(value, 0);

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
export function ClassifierCurves({ series: newest }: Pick<RunState, 'series'>) {
  const t = useTranslate();
  const series = useSlowly(newest, CURVES_EVERY);
  const { loss = empty, accuracy = empty, 'unseen-loss': unseenLoss = empty } = series;
  const unseenAccuracy = series['unseen-accuracy'] ?? empty;
  const curves = useMemo(() => {
    const pair = (training: Series, unseen: Series) => [
      { name: 'training', label: t('readout.training'), kind: 'training' as const, ...training },
      { name: 'unseen', label: t('readout.unseen'), kind: 'unseen' as const, ...unseen },
    ];
    return { loss: pair(loss, unseenLoss), accuracy: pair(accuracy, unseenAccuracy) };
  }, [loss, accuracy, unseenLoss, unseenAccuracy, t]);
  return (
    <div className={styles.curves}>
      <LossChart series={curves.loss} label={t('readout.loss')} unit={t('readout.nats')} />
      <LossChart series={curves.accuracy} label={t('readout.accuracy')} unit="" range={[0, 1]} format={wholePercent} />
    </div>
  );
}
