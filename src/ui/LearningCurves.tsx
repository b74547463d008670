import { useMemo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { RunState, Series } from '#src/training/runState.ts';
import styles from './LearningCurves.module.css';
import { LossChart } from './LossChart.tsx';
import type { ChartSeries } from './lossSeries.ts';
import { formatPercent } from './numbers.ts';
import { useSlowly } from './useSlowly.ts';

/** A metric as a chart names it. */
interface Curve {
  metric: string;
  label: string;
}

export interface LearningCurvesProps extends Pick<RunState, 'series'> {
  /** What the loss on unseen data is called. */
  unseen: string;
  /** The chart beside the losses: a share, from 0 to 1. */
  share: {
    label: string;
    /** What is drawn as quietly as training batches are: those, or what is to be beaten. */
    quiet: Curve;
    strong: Curve;
  };
}

/** Curves are the costliest to draw, and the slowest to change. */
const CURVES_EVERY = 250; // ms

const empty: Series = { steps: [], values: [] };
const wholeRange: readonly [number, number] = [0, 1];
const wholePercent = (value: number) => formatPercent(value, 0);

/** Over the steps of a run its losses, on training batches and on unseen data, and how much of something is right. */
export function LearningCurves({ series: newest, unseen, share }: LearningCurvesProps) {
  const t = useTranslate();
  const series = useSlowly(newest, CURVES_EVERY);
  const losses = usePair(
    series,
    { metric: 'loss', label: t('readout.training') },
    { metric: 'unseen-loss', label: unseen },
  );
  const shares = usePair(series, share.quiet, share.strong);
  return (
    <div className={styles.curves}>
      <LossChart series={losses} label={t('readout.loss')} unit={t('readout.nats')} />
      <LossChart series={shares} label={share.label} range={wholeRange} format={wholePercent} />
    </div>
  );
}

/** Two curves of a chart, which is drawn again only if one of them has another point. */
function usePair(series: RunState['series'], quiet: Curve, strong: Curve): ChartSeries[] {
  const [first = empty, second = empty] = [series[quiet.metric], series[strong.metric]];
  return useMemo(
    () => [
      { name: quiet.metric, label: quiet.label, kind: 'training', ...first },
      { name: strong.metric, label: strong.label, kind: 'unseen', ...second },
    ],
    [quiet.metric, quiet.label, strong.metric, strong.label, first, second],
  );
}
