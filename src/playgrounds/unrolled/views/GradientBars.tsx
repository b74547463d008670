import { memo } from 'react';
import { heightOf, type Decades } from './decades.ts';
import styles from './Board.module.css';

export interface GradientBarsProps {
  /** The gradient's length at each state; absent: not computed yet. */
  norms: ArrayLike<number> | undefined;
  /** What clipping multiplies every gradient with. */
  factor: number;
  radius: number;
  decades: Decades;
  /** The states that the gradient has reached, from this one on. */
  reached: number;
  label: string;
}

/** The gradient's length at each state on a logarithmic scale, from the last backwards, and what the radius alone does. */
export const GradientBars = memo(function GradientBars(props: GradientBarsProps) {
  const { norms, factor, radius, decades, reached, label } = props;
  const steps = norms?.length ?? 0;
  const one = heightOf(1, decades);
  const times = Array.from({ length: steps }, (_, time) => time).filter((time) => time >= reached);
  const normAt = (time: number) => norms?.[time] ?? 0;
  const bars = times
    .filter((time) => normAt(time) > 0)
    .map((time) => `M${time + 0.12} ${one}V${heightOf(normAt(time), decades)}h0.76V${one}z`);
  const clipped = times
    .filter((time) => factor < 1 && normAt(time) * factor > 0)
    .map((time) => `M${time + 0.04} ${heightOf(normAt(time) * factor, decades)}h0.92`);
  const line = Array.from(
    { length: steps },
    (_, time) => `${time + 0.5},${heightOf(radius ** (steps - 1 - time), decades)}`,
  );
  return (
    <svg
      className={styles.bars}
      viewBox={`0 0 ${Math.max(1, steps)} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className={styles.bar} d={bars.join('')} />
      <path className={styles.clipped} d={clipped.join('')} />
      <polyline className={styles.halo} points={line.join(' ')} />
      <polyline className={styles.radius} points={line.join(' ')} />
    </svg>
  );
});
