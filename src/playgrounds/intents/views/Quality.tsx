import { useMemo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { RunState, Series } from '#src/training/runState.ts';
import { LossChart } from '#src/ui/LossChart.tsx';
import { Metric } from '#src/ui/Metric.tsx';
import { formatFixed, formatPercent } from '#src/ui/numbers.ts';
import { useSlowly } from '#src/ui/useSlowly.ts';
import { texts } from '../texts.ts';
import styles from './Quality.module.css';

/** Batches whose mean is called the recent accuracy. */
const RECENT = 20;

/** Of so many sentences fewer or more nothing can be concluded. */
const CHANCE = 3;

const fixed = (value: number) => formatFixed(value, 3);

/** How many of the unseen sentences are read rightly; undefined before any has been read. */
export function rightlyRead(arrays: NamedArrays): { right: number; count: number } | undefined {
  const labels = arrays['labels']?.values ?? [];
  const predictions = arrays['predictions']?.values ?? [];
  if (predictions.length === 0 || predictions.length !== labels.length) return undefined;
  const right = Array.from(predictions).filter((read, example) => read === labels[example]).length;
  return { right, count: labels.length };
}

export interface ContestProps extends Pick<RunState, 'series'> {
  /** Of a snapshot: labels and predictions, for the time before this run has measured anything. */
  arrays: NamedArrays;
}

/** How the network does beside the method that it must beat, and what follows from that. */
export function Contest({ series, arrays }: ContestProps) {
  const t = useTranslate(texts);
  const last = (metric: string) => series[metric]?.values.at(-1);
  const read = useMemo(() => rightlyRead(arrays), [arrays]);
  const accuracy = last('unseen-accuracy') ?? (read && read.right / read.count);
  const baseline = last('baseline-accuracy') ?? arrays['baseline']?.values[0];
  return (
    <section className={styles.quality} aria-label={t('contest.label')}>
      <p className={styles.title}>{t('contest.label')}</p>
      <div className={styles.contest}>
        <Metric name="unseen-accuracy" label={t('metric.unseen-accuracy')} value={accuracy} format={formatPercent} />
        <Metric
          name="baseline-accuracy"
          label={t('metric.baseline-accuracy')}
          value={baseline}
          format={formatPercent}
        />
      </div>
      <p className={styles.verdict}>{verdict(accuracy, baseline, read?.count ?? 0, t)}</p>
    </section>
  );
}

/** Losses, and how much of the last batches is read rightly. */
export function Losses({ series }: Pick<RunState, 'series'>) {
  const t = useTranslate(texts);
  const last = (metric: string) => series[metric]?.values.at(-1);
  const recent = series['accuracy']?.values.slice(-RECENT) ?? [];
  const mean = recent.length > 0 ? recent.reduce((sum, one) => sum + one, 0) / recent.length : undefined;
  return (
    <div className={styles.metrics}>
      <Metric name="loss" label={t('metric.loss')} value={last('loss')} format={fixed} />
      <Metric name="unseen-loss" label={t('metric.unseen-loss')} value={last('unseen-loss')} format={fixed} />
      <Metric name="accuracy" label={t('metric.accuracy')} value={mean} format={formatPercent} />
    </div>
  );
}

function verdict(
  accuracy: number | undefined,
  baseline: number | undefined,
  count: number,
  t: ReturnType<typeof useTranslate<keyof typeof texts.en>>,
): string {
  if (accuracy === undefined || baseline === undefined || count === 0) return t('verdict.none');
  const lead = Math.round((accuracy - baseline) * count);
  const words = { sentences: Math.abs(lead), count };
  if (lead < -CHANCE) return t('verdict.below', words);
  if (lead < 0) return t('verdict.just-below', words);
  if (lead === 0) return t('verdict.equal', words);
  return t(lead <= CHANCE ? 'verdict.just-above' : 'verdict.above', words);
}

const empty: Series = { steps: [], values: [] };

/** Curves are the costliest to draw, and the slowest to change. */
const CURVES_EVERY = 250; // ms

const wholePercent = (value: number) => formatPercent(value, 0);

/** Loss and accuracy over the steps of the run, the accuracy beside that of the bag of words. */
export function Curves({ series: newest }: Pick<RunState, 'series'>) {
  const t = useTranslate(texts);
  const series = useSlowly(newest, CURVES_EVERY);
  const { loss = empty, 'unseen-loss': unseenLoss = empty } = series;
  const { 'unseen-accuracy': accuracy = empty, 'baseline-accuracy': baseline = empty } = series;
  const curves = useMemo(
    () => ({
      loss: [
        { name: 'training', label: t('readout.training'), kind: 'training' as const, ...loss },
        { name: 'unseen', label: t('quality.unseen'), kind: 'unseen' as const, ...unseenLoss },
      ],
      accuracy: [
        { name: 'baseline', label: t('quality.baseline'), kind: 'training' as const, ...baseline },
        { name: 'network', label: t('quality.network'), kind: 'unseen' as const, ...accuracy },
      ],
    }),
    [loss, unseenLoss, accuracy, baseline, t],
  );
  return (
    <div className={styles.curves}>
      <LossChart series={curves.loss} label={t('readout.loss')} unit={t('readout.nats')} />
      <LossChart series={curves.accuracy} label={t('quality.chart')} range={[0, 1]} format={wholePercent} />
    </div>
  );
}
