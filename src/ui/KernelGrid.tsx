import { memo } from 'react';
import type { NamedArray } from '#src/training/journal.ts';
import styles from './KernelGrid.module.css';
import { Heatmap } from './Heatmap.tsx';

export interface KernelGridProps {
  /** `[height, width, channels, filters]` */
  array: NamedArray;
  limit: number;
  /** Name of one kernel; its number follows. */
  label: string;
  /** Show the kernels of this filter, one a channel; absent: the first channel of every filter. */
  filter?: number | undefined;
  chosen?: number | undefined;
}

/** Kernels side by side on one signed colour scale. */
export const KernelGrid = memo(function KernelGrid({ array, limit, label, filter, chosen }: KernelGridProps) {
  const [height = 1, width = 1, channels = 1, filters = 1] = array.shape;
  const count = filter === undefined ? filters : channels;
  return (
    <div className={styles.kernels}>
      {Array.from({ length: count }, (_, number) => (
        <div key={number} className={number === chosen ? styles.chosen : styles.kernel}>
          <Heatmap
            values={array.values}
            width={width}
            height={height}
            offset={filter === undefined ? number : number * filters + filter}
            stride={channels * filters}
            scale="signed"
            limit={limit}
            label={`${label} ${number}`}
          />
        </div>
      ))}
    </div>
  );
});
