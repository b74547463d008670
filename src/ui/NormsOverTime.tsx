import { memo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { formatNumber } from './numbers.ts';
import styles from './NormsOverTime.module.css';

export interface NormsOverTimeProps {
  /** One for each step, 0 or more; absent: not computed yet. */
  norms: ArrayLike<number> | undefined;
  time: number;
  label: string;
  /** The step that is pointed at in a picture beside it. */
  step?: number | undefined;
}

/** Below and above these a bar is empty and full. Nine powers of ten: vanishing is a matter of magnitude. */
export const LOWEST_NORM = 1e-8;
export const HIGHEST_NORM = 10;

/** How long a gradient is at each step of a sequence, as bars on a logarithmic scale, aligned with `UnitsOverTime`. */
export const NormsOverTime = memo(function NormsOverTime({ norms, time, label, step }: NormsOverTimeProps) {
  const t = useTranslate();
  const known = norms && norms.length > 0 ? norms : undefined;
  const say = (at: number) => formatNumber(known?.[at] ?? 0, 2);
  const summary = known ? t('norms.summary', { first: say(0), end: time - 1, last: say(time - 1) }) : t('units.empty');
  const bars = Array.from({ length: known ? time : 0 }, (_, at) => {
    const height = heightOf(known?.[at] ?? 0);
    return `M${at + 0.1} 1v${-height}h0.8v${height}z`;
  });
  return (
    <div className={styles.norms} role="img" aria-label={`${label}: ${summary}`}>
      <svg viewBox={`0 0 ${time} 1`} preserveAspectRatio="none" aria-hidden="true">
        <path d={bars.join('')} />
      </svg>
      {step !== undefined && (
        <span
          aria-hidden="true"
          className={styles.frame}
          style={{ left: `${(100 * step) / time}%`, width: `${100 / time}%` }}
        />
      )}
    </div>
  );
});

function heightOf(norm: number): number {
  const share = Math.log(norm / LOWEST_NORM) / Math.log(HIGHEST_NORM / LOWEST_NORM);
  return Math.round(1000 * Math.min(1, Math.max(0, share || 0))) / 1000;
}
