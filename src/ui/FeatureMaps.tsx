import { memo, useCallback } from 'react';
import type { NamedArray } from '#src/training/journal.ts';
import styles from './FeatureMaps.module.css';
import { Heatmap, type Cell, type CellWindow } from './Heatmap.tsx';
import type { Scale } from './colorScale.ts';
import type { MapCell, SourceWindow } from './layers.ts';

/** Maps stand in columns of so many. */
export const ROWS = 8;

export interface FeatureMapsProps {
  /** `[height, width, filters]` */
  array: NamedArray;
  scale: Scale;
  /** The value of the strongest colour, the same for all maps. */
  limit: number;
  /** Name of one map; the filter's number follows. */
  label: string;
  highlight?: SourceWindow | undefined;
  onPoint?: ((cell: MapCell | null) => void) | undefined;
  /** The map that is shown enlarged elsewhere; there the keyboard reaches its cells. */
  chosen?: number | undefined;
}

/** All maps of a layer, one a filter, on one colour scale. */
export const FeatureMaps = memo(function FeatureMaps({ array, highlight, chosen, ...rest }: FeatureMapsProps) {
  const filters = array.shape[2] ?? 1;
  return (
    <div className={styles.maps} style={{ '--columns': Math.ceil(filters / ROWS) } as React.CSSProperties}>
      {Array.from({ length: filters }, (_, filter) => {
        const isSource = highlight && (highlight.filter ?? filter) === filter;
        return (
          <FeatureMap
            key={filter}
            filter={filter}
            array={array}
            highlight={isSource ? highlight : null}
            isChosen={filter === chosen}
            {...rest}
          />
        );
      })}
    </div>
  );
});

interface FeatureMapProps extends Omit<FeatureMapsProps, 'highlight' | 'chosen'> {
  isChosen: boolean;
  filter: number;
  highlight: CellWindow | null;
}

const FeatureMap = memo(function FeatureMap({ array, filter, label, onPoint, isChosen, ...rest }: FeatureMapProps) {
  const [height = 1, width = 1, filters = 1] = array.shape;
  const onPointCell = useCallback((cell: Cell | null) => onPoint?.(cell && { ...cell, filter }), [onPoint, filter]);
  return (
    <div className={isChosen ? styles.chosen : undefined}>
      <Heatmap
        values={array.values}
        width={width}
        height={height}
        offset={filter}
        stride={filters}
        label={`${label} ${filter}`}
        onPointCell={onPoint && onPointCell}
        isTabStop={false}
        {...rest}
      />
    </div>
  );
});
