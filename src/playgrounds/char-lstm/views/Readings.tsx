import { useMemo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { snapshotOf, type RunState, type Series } from '#src/training/runState.ts';
import { LineChart, type Line } from '#src/ui/LineChart.tsx';
import { Metric } from '#src/ui/Metric.tsx';
import { formatFixed } from '#src/ui/numbers.ts';
import { useSameArrays } from '#src/ui/useSameArrays.ts';
import { useSlowly } from '#src/ui/useSlowly.ts';
import { texts } from '../texts.ts';
import styles from './Readings.module.css';

const orders = ['unigram-bits', 'bigram-bits', 'trigram-bits', 'four-gram-bits'] as const;
const known = ['baselines', 'stored'];
const CURVES_EVERY = 400; // ms
const empty: Series = { steps: [], values: [] };

const bits = (value: number) => formatFixed(value, 3);
const oneDecimal = (value: number) => formatFixed(value, 1);

/** How well the network predicts unseen text, beside n-gram models of the same text. */
export function Readings({ state }: { state: RunState }) {
  const t = useTranslate(texts);
  const arrays = useSameArrays(snapshotOf(state), known);
  const last = (metric: string) => state.series[metric]?.values.at(-1);
  const unseen = last('unseen-bits') ?? (state.isStored ? arrays['stored']?.values[1] : undefined);
  const baselines = orders.map((metric, at) => last(metric) ?? finite(arrays['baselines']?.values[at]));
  return (
    <div className={styles.readings}>
      <Metric name="unseen-bits" label={t('metric.unseen-bits')} value={unseen} format={bits} />
      <Metric
        name="perplexity"
        label={t('metric.perplexity')}
        value={unseen === undefined ? undefined : 2 ** unseen}
        format={oneDecimal}
      />
      <Metric name="training-bits" label={t('metric.training-bits')} value={last('training-bits')} format={bits} />
      <Metric name="loss" label={t('metric.loss')} value={last('loss')} format={bits} />
      {orders.map((metric, at) => (
        <Metric key={metric} name={metric} label={t(`metric.${metric}`)} value={baselines[at]} format={bits} />
      ))}
    </div>
  );
}

/** Training and unseen text over the steps of the run, with a line for what each n-gram model needs. */
export function Curves({ state }: { state: RunState }) {
  const t = useTranslate(texts);
  const series = useSlowly(state.series, CURVES_EVERY);
  const arrays = useSameArrays(state.snapshot, known);
  const baselines = arrays['baselines'];
  const { 'training-bits': training = empty, 'unseen-bits': unseen = empty, 'best-bits': best = empty } = series;
  const lines = useMemo(
    (): Line[] => [
      {
        name: 'training',
        label: t('char-lstm.curve.training'),
        shape: 'square',
        at: training.steps,
        values: training.values,
      },
      { name: 'unseen', label: t('char-lstm.curve.unseen'), shape: 'circle', at: unseen.steps, values: unseen.values },
    ],
    [training, unseen, t],
  );
  const levels = useMemo(
    () => levelsOf([...(baselines?.values ?? [])], (orders) => t('char-lstm.curve.level', { orders })),
    [baselines, t],
  );
  const range = useMemo(
    () => rangeOf([...training.values, ...unseen.values, ...(baselines?.values ?? [])]),
    [training, unseen, baselines],
  );
  const lowest = best.values.at(-1);
  const since = best.steps[best.values.findIndex((value) => value === lowest)];
  return (
    <div className={styles.curves}>
      <LineChart
        lines={lines}
        label={t('char-lstm.curve.bits')}
        unit={t('char-lstm.curve.bits.unit')}
        across={t('chart.step')}
        range={range}
        format={oneDecimal}
        levels={levels}
      />
      <p className={styles.note}>
        {lowest === undefined
          ? t('char-lstm.best.none')
          : t('char-lstm.best.found', { bits: bits(lowest), step: since ?? 0 })}
        {state.step > 0 && isOverfitting(unseen, lowest) && <strong> {t('char-lstm.best.overfitting')}</strong>}
      </p>
    </div>
  );
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** Whether unseen text has been getting worse for a while. */
function isOverfitting({ values }: Series, best: number | undefined): boolean {
  return best !== undefined && values.length > 4 && values.slice(-3).every((value) => value > best * 1.01);
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  const shown = values.filter(Number.isFinite);
  if (shown.length === 0) return [0, 8];
  return [Math.floor(2 * Math.min(...shown)) / 2 - 0.5, Math.ceil(2 * Math.max(...shown)) / 2];
}

/** One line for models that need about the same, so that their names do not lie on each other. */
function levelsOf(baselines: readonly number[], nameOf: (orders: string) => string) {
  const groups: { orders: number[]; value: number }[] = [];
  const [low, high] = rangeOf(baselines);
  baselines.forEach((value, at) => {
    const near = groups.find((group) => Math.abs(group.value - value) < (high - low) / 12);
    if (near) near.orders.push(at + 1);
    else if (Number.isFinite(value)) groups.push({ orders: [at + 1], value });
  });
  return groups.map(({ orders: together, value }) => ({
    value,
    label: nameOf(spanOf(together)),
  }));
}

function spanOf(together: readonly number[]): string {
  const [first = 0] = together;
  return together.length === 1 ? String(first) : `${Math.min(...together)}–${Math.max(...together)}`;
}
