import { memo } from 'react';
import styles from './Metric.module.css';
import { formatNumber } from './numbers.ts';

export interface MetricProps {
  /** The metric's name, the same in spec, run and attribute (`unseen-accuracy`). */
  name: string;
  label: string;
  value: number | undefined;
  format?: ((value: number) => string) | undefined;
}

/** A number that matters, in a box that keeps its width. Scripts read it at full precision from `data-value`. */
export const Metric = memo(function Metric({ name, label, value, format = formatNumber }: MetricProps) {
  return (
    <div className={styles.metric}>
      <span className={styles.label}>{label}</span>
      <output className={styles.value} data-metric={name} data-value={value ?? ''} aria-label={label} aria-live="off">
        {value === undefined ? '–' : format(value)}
      </output>
    </div>
  );
});
