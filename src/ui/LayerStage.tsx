import { memo, useCallback, useMemo, type ReactNode } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray } from '#src/training/journal.ts';
import { limitOf } from './colorScale.ts';
import { LINE } from './drawMaps.ts';
import type { MapCell, SourceWindow } from './layers.ts';
import styles from './LayerStage.module.css';
import { MapGrid } from './MapGrid.tsx';
import { formatNumber } from './numbers.ts';
import { SymbolName } from './SymbolName.tsx';

interface StageColumn {
  symbol: string;
  tex: string;
  label: string;
  /** Undefined: not there yet. */
  array: NamedArray | undefined;
  /** How many maps or kernels there will be. */
  count: number;
  /** Whether a gradient or an update is drawn in place of the values. */
  change: 'gradient' | 'update' | undefined;
}

/** One layer of a network as the stage shows it. */
export interface StageLayer extends StageColumn {
  /** Key of its maps `[height, width, filters]`. */
  tensor: string;
  /** The kernels that make it, `[height, width, channels, filters]`: all of one filter, or the first of each. */
  kernels?: StageColumn & { filter: number | undefined };
}

export interface LayerStageProps {
  layers: readonly StageLayer[];
  highlight: SourceWindow | undefined;
  onPoint: (tensor: string, cell: MapCell | null) => void;
  /** The map that is shown enlarged. */
  chosen: { tensor: string; filter: number };
}

/** Kernels are drawn narrower than maps. */
const KERNEL_COLUMNS = 0.6;

/** A network's maps from left to right, layer by layer, with the kernels between them. */
export function LayerStage({ layers, highlight, onPoint, chosen }: LayerStageProps) {
  const columns = layers.reduce(
    (sum, { array, count, kernels }) =>
      sum + Math.ceil((array?.shape[2] ?? count) / LINE) + (kernels ? KERNEL_COLUMNS : 0),
    0,
  );
  return (
    <div className={styles.stage} style={{ '--stage-columns': columns } as React.CSSProperties}>
      {layers.map((layer) => (
        <Layer
          key={layer.tensor}
          layer={layer}
          highlight={highlight}
          onPoint={onPoint}
          chosen={layer.tensor === chosen.tensor ? chosen.filter : undefined}
        />
      ))}
    </div>
  );
}

const Layer = memo(function Layer({
  layer,
  highlight,
  onPoint,
  chosen,
}: {
  chosen: number | undefined;
  layer: StageLayer;
  highlight: SourceWindow | undefined;
  onPoint: LayerStageProps['onPoint'];
}) {
  const { tensor, symbol, tex, label, array, count, change, kernels } = layer;
  const t = useTranslate();
  const point = useCallback(
    (filter: number, row: number, column: number) => onPoint(tensor, { row, column, filter }),
    [onPoint, tensor],
  );
  const leave = useCallback(() => onPoint(tensor, null), [onPoint, tensor]);
  const limit = roundLimit(array ? limitOf(array.values) : 1);
  const [height = 1, width = 1, filters = count] = array?.shape ?? [];
  const marked = useMemo(
    () => (highlight?.tensor === tensor ? { ...highlight, map: highlight.filter } : undefined),
    [highlight, tensor],
  );
  return (
    <>
      {kernels && <Kernels {...kernels} />}
      <Column symbol={symbol} tex={tex} label={label} array={array} limit={limit} mark={change && mapMarks[change]}>
        <MapGrid
          values={array?.values ?? nothing}
          count={filters}
          width={width}
          height={height}
          offsetOf={sameNumber}
          stride={filters}
          scale="signed"
          limit={limit}
          label={t(change ? 'stage.gradient-maps' : 'stage.maps', { layer: label, count: filters })}
          window={marked}
          chosen={chosen}
          onPoint={change || !array ? undefined : point}
          onLeave={leave}
        />
      </Column>
    </>
  );
});

function Kernels({ symbol, tex, label, array, count, change, filter }: NonNullable<StageLayer['kernels']>) {
  const t = useTranslate();
  const limit = roundLimit(array ? limitOf(array.values) : 1);
  const [height = 1, width = 1, channels = count, filters = count] = array?.shape ?? [];
  // The first channel of every filter, or every channel of one.
  const offsetOf = useCallback(
    (number: number) => (filter === undefined ? number : number * filters + filter),
    [filter, filters],
  );
  return (
    <Column
      isKernels
      symbol={symbol}
      tex={tex}
      label={label}
      array={array}
      limit={limit}
      mark={change && kernelMarks[change]}
    >
      <MapGrid
        values={array?.values ?? nothing}
        count={filter === undefined ? filters : channels}
        width={width}
        height={height}
        offsetOf={offsetOf}
        stride={channels * filters}
        scale="signed"
        limit={limit}
        label={t('stage.kernels', { count: filter === undefined ? filters : channels })}
        isKernel
      />
    </Column>
  );
}

/** What is drawn in place of the values; beside narrow kernels there is room for one sign. */
const mapMarks = { gradient: '∂L/∂', update: 'Δ' } as const;
const kernelMarks = { gradient: '∂', update: 'Δ' } as const;

interface ColumnProps {
  symbol: string;
  tex: string;
  mark: string | undefined;
  label: string;
  array: NamedArray | undefined;
  limit: number;
  isKernels?: boolean;
  children: ReactNode;
}

function Column({ symbol, tex, mark, label, array, limit, isKernels, children }: ColumnProps) {
  const [height, width] = array?.shape ?? [];
  return (
    <div className={isKernels ? `${styles.layer} ${styles.kernels}` : styles.layer} data-symbol={symbol}>
      <div className={styles.head}>
        <span className={styles.name} data-symbol={symbol} tabIndex={0}>
          {mark}
          <SymbolName tex={tex} />
        </span>
        <span>{label}</span>
      </div>
      {children}
      <div className={styles.foot}>
        <span className={styles.shape}>±{formatNumber(limit, 1)}</span>
        <span className={styles.shape}>{array ? `${height}×${width}` : ' '}</span>
      </div>
    </div>
  );
}

/** Blank maps hold the place of those that are not there yet. */
const nothing: readonly number[] = [];

const sameNumber = (filter: number) => filter;

/** The next of 1, 2, 5, 10, …: a scale that changes seldom, so that colours can be compared over time. */
export function roundLimit(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit));
  const step = [1, 2, 5, 10].find((candidate) => candidate * power >= limit) ?? 10;
  return Number((step * power).toPrecision(1));
}
