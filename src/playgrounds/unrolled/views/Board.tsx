import { memo, useMemo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { formatNumber } from '#src/ui/numbers.ts';
import { UnitsOverTime } from '#src/ui/UnitsOverTime.tsx';
import { LONGEST } from '../spec.ts';
import { texts } from '../texts.ts';
import { decadesOf, heightOf, type Decades } from './decades.ts';
import { GradientBars } from './GradientBars.tsx';
import { Handle } from './Handle.tsx';
import styles from './Board.module.css';

export interface BoardProps {
  snapshot: NamedArrays | undefined;
  /** As the reader has set it; the picture follows. */
  steps: number;
  radius: number;
  /** The state that the gradient has reached; 0: the first, all the way. */
  reached: number;
  isWalking: boolean;
  /** Whether nothing can be computed yet. */
  isWaiting: boolean;
  onPull: (steps: number) => void;
}

/** The cell's copies in a row, their states, and the gradient that comes back through them: one column a time step. */
export const Board = memo(function Board({
  snapshot,
  steps,
  radius,
  reached,
  isWalking,
  isWaiting,
  onPull,
}: BoardProps) {
  const t = useTranslate(texts);
  const states = snapshot?.['states'];
  const norms = snapshot?.['norms']?.values;
  const factor = snapshot?.['clipFactor']?.values[0] ?? 1;
  const [time = steps, units = 1] = states?.shape ?? [];
  const decades = useMemo(() => decadesFor(norms ?? [], factor, radius), [norms, factor, radius]);
  const isBounded = states?.values.every((value) => Math.abs(value) <= 1) ?? true;
  const at = isWalking ? Math.min(reached, time - 1) : undefined;

  return (
    <div className={styles.board}>
      <p className={styles.caption}>
        {t('unrolled.copies')}{' '}
        <span className={styles.quiet} role="status">
          {isWaiting ? t('unrolled.loading') : t('unrolled.pull')}
        </span>
      </p>
      <div className={styles.rows}>
        <Powers decades={decades} />
        <div className={styles.field}>
          <Copies time={time} reached={isWalking ? reached : time} />
          <p className={styles.row}>
            <span data-symbol="h" tabIndex={0}>
              {t('unrolled.states')}
            </span>{' '}
            <span className={styles.quiet}>
              {isBounded
                ? t('unrolled.states-scale')
                : t('unrolled.states-scale-wide', { limit: limitText(states?.values) })}
            </span>
          </p>
          <div className={styles.track}>
            <div style={{ width: widthOf(time) }}>
              <UnitsOverTime
                values={states?.values}
                time={time}
                units={units}
                scale="signed"
                limit={isBounded ? 1 : undefined}
                step={at}
                label={t('unrolled.states')}
              />
            </div>
          </div>
          <GradientLegend radius={radius} />
          <div className={`${styles.track} ${styles.plot}`}>
            <span className={styles.one} style={{ top: placeOfOne(decades) }} />
            <div className={styles.whole} style={{ width: widthOf(time) }}>
              <GradientBars
                {...{ norms, factor, radius, decades }}
                reached={isWalking ? reached : 0}
                label={summary()}
              />
              {at !== undefined && (
                <span
                  aria-hidden="true"
                  className={styles.frame}
                  style={{ left: `${(100 * at) / time}%`, width: `${100 / time}%` }}
                />
              )}
            </div>
          </div>
          <Ticks />
          <Handle steps={steps} onPull={onPull} />
        </div>
      </div>
    </div>
  );

  function summary(): string {
    if (!norms) return t('unrolled.gradient');
    const say = (norm: number | undefined) => formatNumber(norm ?? 0, 2);
    return t('unrolled.bars', { first: say(norms[0]), last: say(norms[norms.length - 1]), time: norms.length - 1 });
  }
});

/** Of all time steps that there is room for. */
function widthOf(time: number): string {
  return `${(100 * time) / LONGEST}%`;
}

/** How far down a norm of 1 stands. */
function placeOfOne(decades: Decades): string {
  return `${100 * heightOf(1, decades)}%`;
}

/** What stands beside the bars: the largest norm, 1 and the smallest. */
function Powers({ decades }: { decades: Decades }) {
  return (
    <div className={styles.axis} aria-hidden="true">
      <span className={styles.power} style={{ top: 0 }}>
        10<sup>{decades.above}</sup>
      </span>
      <span className={styles.power} style={{ top: placeOfOne(decades) }}>
        1
      </span>
      <span className={styles.power} style={{ top: '100%' }}>
        10<sup>−{decades.below}</sup>
      </span>
    </div>
  );
}

/** A square a copy of the cell; the gradient has been through those from `reached` on. */
function Copies({ time, reached }: { time: number; reached: number }) {
  return (
    <div className={styles.track}>
      <svg
        className={styles.copies}
        style={{ width: widthOf(time) }}
        viewBox={`0 0 ${time} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className={styles.link} d={`M0.5 0.5H${time}`} />
        <path className={styles.copy} d={boxes(0, reached)} />
        <path className={styles.passed} d={boxes(reached, time)} />
      </svg>
    </div>
  );
}

function GradientLegend({ radius }: { radius: number }) {
  const t = useTranslate(texts);
  return (
    <p className={styles.row}>
      <span data-symbol="g" tabIndex={0}>
        {t('unrolled.gradient')}
      </span>
      <span className={styles.legend}>
        <Sample kind="bar" text={t('unrolled.legend.norm')} />
        <Sample kind="radius" text={t('unrolled.legend.radius', { radius: formatNumber(radius) })} />
        <Sample kind="clipped" text={t('unrolled.legend.clipped')} />
      </span>
    </p>
  );
}

function Ticks() {
  return (
    <div className={styles.ticks} aria-hidden="true">
      {[0, 10, 20, 30, 40, 50].map((tick) => (
        <span key={tick} style={{ left: `${(100 * (tick + 0.5)) / LONGEST}%` }}>
          {tick}
        </span>
      ))}
    </div>
  );
}

/** Room for the bars and, where that leaves them visible, for the line of the radius. */
function decadesFor(norms: ArrayLike<number>, factor: number, radius: number) {
  const shown = [...Array.from(norms), ...Array.from(norms, (norm) => norm * factor)];
  const { below, above } = decadesOf(shown);
  const end = radius ** Math.max(0, norms.length - 1);
  return Math.abs(Math.log10(end)) <= Math.max(4, below, above) ? decadesOf([...shown, end]) : { below, above };
}

function boxes(from: number, to: number): string {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => `M${from + at + 0.18} 0.1h0.64v0.8h-0.64z`).join('');
}

function limitText(values: ArrayLike<number> | undefined): string {
  return formatNumber(Math.max(0, ...Array.from(values ?? [], Math.abs)), 2);
}

function Sample({ kind, text }: { kind: 'bar' | 'radius' | 'clipped'; text: string }) {
  return (
    <span className={styles.entry}>
      <svg viewBox="0 0 24 12" aria-hidden="true">
        {kind === 'bar' ? (
          <rect className={styles.bar} x="8" y="0" width="8" height="12" />
        ) : (
          <path className={styles[kind]} d="M0 6H24" />
        )}
      </svg>
      {text}
    </span>
  );
}
