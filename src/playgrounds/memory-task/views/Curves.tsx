import { useMemo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { RunState, Series } from '#src/training/runState.ts';
import { LineChart, type Line } from '#src/ui/LineChart.tsx';
import { smoothed } from '#src/ui/lossSeries.ts';
import { formatFixed, formatPercent } from '#src/ui/numbers.ts';
import { useSameArrays } from '#src/ui/useSameArrays.ts';
import { useSlowly } from '#src/ui/useSlowly.ts';
import { texts } from '../texts.ts';
import { networks, shapes } from './networks.ts';

const share: readonly [number, number] = [0, 1];
const nats: readonly [number, number] = [0, 3];
const percent = (value: number) => formatPercent(value, 0);
const oneDecimal = (value: number) => formatFixed(value, 1);

/** How far each network's memory reaches: right answers by delay, at the last look at unseen sequences. */
export function ByDelay({ snapshot }: { snapshot: RunState['snapshot'] | undefined }) {
  const t = useTranslate(texts);
  const arrays = useSameArrays(snapshot, measured);
  const lines = useMemo(() => {
    const delays = [...(arrays['delays']?.values ?? [])];
    const values = [...(arrays['accuracyByDelay']?.values ?? [])];
    return networks.map((network, at): Line => {
      const own = values.slice(at * delays.length, (at + 1) * delays.length);
      return { name: network, label: t(`memory-task.${network}`), shape: shapes[network], at: delays, values: own };
    });
  }, [arrays, t]);
  const levels = useMemo(
    () => [
      { value: 0.95, label: t('memory-task.remembered') },
      { value: 1 / 8, label: t('memory-task.chance') },
    ],
    [t],
  );
  return (
    <LineChart
      lines={lines}
      label={t('memory-task.by-delay')}
      across={t('memory-task.by-delay.across')}
      range={share}
      format={percent}
      levels={levels}
    />
  );
}

const measured = ['delays', 'accuracyByDelay'];

/** The costliest to draw, and the slowest to change. */
const CURVES_EVERY = 400; // ms
const POINTS = 120;
const MARKED = 12;

/** Right answers at the longest delay and losses, over the steps of the run. */
export function ByStep({ state }: { state: RunState }) {
  const t = useTranslate(texts);
  const series = useSlowly(state.series, CURVES_EVERY);
  const curves = useMemo(() => {
    const line = (network: (typeof networks)[number], { steps, values }: Series): Line => ({
      name: network,
      label: t(`memory-task.${network}`),
      shape: shapes[network],
      at: steps,
      values,
      everyPoint: Math.ceil(steps.length / MARKED),
    });
    const of = (metric: string) => (network: string) => series[`${network}-${metric}`] ?? { steps: [], values: [] };
    return {
      accuracy: networks.map((network) => line(network, of('accuracy')(network))),
      loss: networks.map((network) => line(network, thinned(of('loss')(network)))),
    };
  }, [series, t]);
  const chance = useMemo(() => [{ value: 1 / 8, label: t('memory-task.chance') }], [t]);
  const nothing = useMemo(() => [{ value: Math.log(8), label: t('memory-task.nothing') }], [t]);
  const delay = Number(state.values['delay']);
  return (
    <>
      <LineChart
        lines={curves.accuracy}
        label={t('memory-task.by-step', { delay })}
        across={t('memory-task.across')}
        width={100}
        range={share}
        format={percent}
        levels={chance}
      />
      <LineChart
        lines={curves.loss}
        label={t('memory-task.losses')}
        unit={t('readout.nats')}
        across={t('memory-task.across')}
        width={100}
        range={nats}
        format={oneDecimal}
        levels={nothing}
      />
    </>
  );
}

/** Smoothed, and no more points than can be told apart. */
function thinned({ steps, values }: Series): Series {
  const smooth = smoothed(values);
  const every = Math.ceil(steps.length / POINTS);
  const isKept = (_: number, at: number) => (steps.length - 1 - at) % every === 0;
  return { steps: steps.filter(isKept), values: smooth.filter(isKept) };
}
