import { memo, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import { useThemeVersion } from './colors.ts';
import chart from './chart.module.css';
import styles from './LossChart.module.css';
import type { LossPlot } from './lossPlot.ts';
import { sampledSteps, toColumns, trendOf, valueAt, type ChartSeries } from './lossSeries.ts';
import { formatNumber } from './numbers.ts';

export interface LossChartProps {
  series: readonly ChartSeries[];
  label: string;
  unit?: string | undefined;
  /** Of the values; absent: from zero to the largest. */
  range?: readonly [number, number] | undefined;
  format?: ((value: number) => string) | undefined;
}

/** About two points for each pixel of a wide chart. */
const buckets = 500;

/** Curves over the steps of a run; the same in words and as a table. */
export const LossChart = memo(function LossChart(props: LossChartProps) {
  const { series, label, unit, format = formatNumber } = props;
  const t = useTranslate();
  const [step, setStep] = useState<number | null>(null);
  const place = useRef<HTMLDivElement>(null);
  usePlot(place, props, setStep);
  return (
    <figure className={chart.chart}>
      <figcaption className={chart.caption}>
        <span className={chart.label}>
          {label}
          {unit && <span className={chart.unit}> ({unit})</span>}
        </span>
        <span className={chart.legend}>
          {series.map((one) => (
            <span key={one.name} className={chart.entry}>
              <LineSample kind={one.kind} />
              {one.label}
              <span className={styles.value}>
                {textOf(step === null ? one.values.at(-1) : valueAt(one, step), format)}
              </span>
            </span>
          ))}
        </span>
      </figcaption>
      <div
        ref={place}
        className={styles.plot}
        role="img"
        aria-label={`${label}: ${summaryOf(series, format, t)}`}
        data-empty={t('chart.empty')}
      />
      <Table series={series} label={label} format={format} />
    </figure>
  );
});

/** Makes the plot when its code has come, again when theme or kinds change, and gives it each new set of points. */
function usePlot(
  place: React.RefObject<HTMLDivElement | null>,
  { series, range, format = formatNumber }: LossChartProps,
  onPoint: (step: number | null) => void,
) {
  const t = useTranslate();
  const [plot, setPlot] = useState<LossPlot>();
  const theme = useThemeVersion();
  const kinds = series.map(({ kind }) => kind).join();
  // The plot's code is larger than all else of the figure: it comes when there is something to draw, and stays.
  const [hasBegun, setHasBegun] = useState(false);
  if (!hasBegun && series.some(({ values }) => values.length > 0)) setHasBegun(true);
  const [lowest, highest] = range ?? [];
  const columns = useMemo(() => toColumns(series, buckets), [series]);
  const stepLabel = t('chart.step');
  const create = useEffectEvent(async (isCurrent: () => boolean) => {
    // Where there are no media queries there is no screen either.
    if (typeof window.matchMedia !== 'function') return undefined;
    const { createLossPlot } = await import('./lossPlot.ts');
    if (!place.current || !isCurrent()) return undefined;
    return createLossPlot(place.current, { kinds: series.map(({ kind }) => kind), range, stepLabel, format, onPoint });
  });
  useEffect(() => {
    if (!hasBegun) return;
    let isCurrent = true;
    let made: LossPlot | undefined;
    create(() => isCurrent).then(
      (created) => {
        made = created;
        if (isCurrent) setPlot(created);
      },
      // The code did not come (offline): the table still says everything.
      () => undefined,
    );
    return () => {
      isCurrent = false;
      made?.dispose();
      setPlot(undefined);
    };
  }, [hasBegun, theme, kinds, lowest, highest, stepLabel]);
  useEffect(() => plot?.setColumns(columns), [plot, columns]);
}

/** The line as it is drawn: told apart by shape. */
function LineSample({ kind }: { kind: ChartSeries['kind'] }) {
  return (
    <svg className={kind === 'unseen' ? styles.unseen : styles.training} viewBox="0 0 28 8" aria-hidden="true">
      <path d="M0 4 H28" strokeDasharray={kind === 'unseen' ? '7 4' : undefined} />
      {kind === 'unseen' && <circle cx="14" cy="4" r="3.5" />}
    </svg>
  );
}

function Table({
  series,
  label,
  format,
}: Required<Pick<LossChartProps, 'series' | 'label'>> & { format: (value: number) => string }) {
  const t = useTranslate();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={chart.table} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{t('chart.table')}</summary>
      {isOpen && (
        <table aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t('chart.step')}</th>
              {series.map((one) => (
                <th key={one.name} scope="col">
                  {one.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sampledSteps(series, 12).map((row) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {series.map((one) => (
                  <td key={one.name}>{textOf(valueAt(one, row), format)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

function textOf(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value);
}

function summaryOf(series: readonly ChartSeries[], format: (value: number) => string, t: Translate): string {
  const parts = series
    .filter(({ values }) => values.length > 0)
    .map(({ label, steps, values }) =>
      t('chart.summary', {
        label,
        value: textOf(values.at(-1), format),
        step: steps.at(-1) ?? 0,
        trend: t(`chart.trend.${trendOf(values)}`),
      }),
    );
  return parts.length > 0 ? parts.join('; ') : t('chart.empty');
}
