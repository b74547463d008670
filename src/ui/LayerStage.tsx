import { memo, useCallback } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray } from '#src/training/journal.ts';
import { limitOf } from './colorScale.ts';
import { FeatureMaps, ROWS } from './FeatureMaps.tsx';
import { KernelGrid } from './KernelGrid.tsx';
import type { MapCell, SourceWindow } from './layers.ts';
import styles from './LayerStage.module.css';
import { formatNumber } from './numbers.ts';
import { SymbolName } from './SymbolName.tsx';

/** One layer of a network as the stage shows it. */
export interface StageLayer {
  /** Key of its maps `[height, width, filters]`. */
  tensor: string;
  symbol: string;
  tex: string;
  label: string;
  /** Undefined: not there yet. */
  array: NamedArray | undefined;
  isGradient: boolean;
  /** The kernels that make it, `[height, width, channels, filters]`. */
  kernels?: {
    symbol: string;
    tex: string;
    label: string;
    array: NamedArray | undefined;
    isGradient: boolean;
    filter?: number;
  };
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
    (sum, { array, kernels }) => sum + Math.ceil((array?.shape[2] ?? ROWS) / ROWS) + (kernels ? KERNEL_COLUMNS : 0),
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
  const { tensor, symbol, tex, label, array, isGradient, kernels } = layer;
  const t = useTranslate();
  const point = useCallback((cell: MapCell | null) => onPoint(tensor, cell), [onPoint, tensor]);
  const limit = roundLimit(array ? limitOf(array.values) : 1);
  const [height, width] = array?.shape ?? [];
  return (
    <>
      {kernels && <Kernels {...kernels} />}
      <div className={styles.layer} data-symbol={symbol}>
        <div className={styles.head}>
          <span className={styles.name} data-symbol={symbol} tabIndex={0}>
            {isGradient && '∂L/∂'}
            <SymbolName tex={tex} />
          </span>
          <span>{label}</span>
        </div>
        {array ? (
          <FeatureMaps
            array={array}
            scale="signed"
            limit={limit}
            label={t(isGradient ? 'stage.gradient-map' : 'stage.map', { layer: label })}
            highlight={highlight?.tensor === tensor ? highlight : undefined}
            onPoint={isGradient ? undefined : point}
            chosen={chosen}
          />
        ) : (
          <div className={styles.empty} />
        )}
        <div className={styles.foot}>
          <span className={styles.shape}>±{formatNumber(limit, 1)}</span>
          <span className={styles.shape}>{array ? `${height}×${width}` : ' '}</span>
        </div>
      </div>
    </>
  );
});

function Kernels({ symbol, tex, label, array, isGradient, filter }: NonNullable<StageLayer['kernels']>) {
  const t = useTranslate();
  const limit = roundLimit(array ? limitOf(array.values) : 1);
  const [height, width] = array?.shape ?? [];
  return (
    <div className={`${styles.layer} ${styles.kernels}`} data-symbol={symbol}>
      <div className={styles.head}>
        <span className={styles.name} data-symbol={symbol} tabIndex={0}>
          {isGradient && '∂'}
          <SymbolName tex={tex} />
        </span>
        <span>{label}</span>
      </div>
      {array ? (
        <KernelGrid array={array} limit={limit} label={t('stage.kernel', { label })} filter={filter} />
      ) : (
        <div className={styles.empty} />
      )}
      <div className={styles.foot}>
        <span className={styles.shape}>±{formatNumber(limit, 1)}</span>
        <span className={styles.shape}>{array ? `${height}×${width}` : ' '}</span>
      </div>
    </div>
  );
}

/** The next of 1, 2, 5, 10, …: a scale that changes seldom, so that colours can be compared over time. */
export function roundLimit(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit));
  const step = [1, 2, 5, 10].find((candidate) => candidate * power >= limit) ?? 10;
  return Number((step * power).toPrecision(1));
}
