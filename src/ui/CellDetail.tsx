import { useCallback, useId } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray } from '#src/training/journal.ts';
import styles from './CellDetail.module.css';
import { limitOf } from './colorScale.ts';
import controls from './controls.module.css';
import { Heatmap, type Cell } from './Heatmap.tsx';
import type { MapCell, SourceWindow } from './layers.ts';
import { roundLimit } from './LayerStage.tsx';

export interface DetailLayer {
  tensor: string;
  label: string;
  /** Key of the tensor it is made from. */
  from: string;
}

export interface ChosenMap {
  tensor: string;
  filter: number;
}

export interface CellDetailProps {
  layers: readonly DetailLayer[];
  /** What is drawn for a tensor now. */
  arrayOf: (tensor: string) => NamedArray | undefined;
  chosen: ChosenMap;
  onChoose: (map: ChosenMap) => void;
  cell: MapCell | null;
  /** Where the pointed cell's inputs lie. */
  source: SourceWindow | undefined;
  onPoint: (tensor: string, cell: MapCell | null) => void;
}

/** One map enlarged beside what it is made from, so that single cells can be pointed at. */
export function CellDetail({ layers, arrayOf, chosen, onChoose, cell, source, onPoint }: CellDetailProps) {
  const t = useTranslate();
  const id = useId();
  const layer = layers.find(({ tensor }) => tensor === chosen.tensor);
  const array = arrayOf(chosen.tensor);
  const from = layer && arrayOf(layer.from);
  const filters = array?.shape[2] ?? 1;
  const inputs = from?.shape[2] ?? 1;
  // Of many inputs to a convolution one is drawn: that of the same number, or the last there is.
  const input = inputs === filters || inputs > chosen.filter ? Math.min(chosen.filter, inputs - 1) : 0;
  const point = useCallback(
    (at: Cell | null) => onPoint(chosen.tensor, at && { ...at, filter: chosen.filter }),
    [onPoint, chosen],
  );
  return (
    <div className={styles.detail}>
      <div className={styles.choice}>
        <label htmlFor={`${id}-layer`}>{t('detail.layer')}</label>
        <select
          id={`${id}-layer`}
          className={controls.select}
          value={chosen.tensor}
          onChange={({ target }) => onChoose({ tensor: target.value, filter: 0 })}
        >
          {layers.map(({ tensor, label }) => (
            <option key={tensor} value={tensor}>
              {label}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-map`}>{t('detail.map')}</label>
        <select
          id={`${id}-map`}
          className={controls.select}
          value={Math.min(chosen.filter, filters - 1)}
          onChange={({ target }) => onChoose({ tensor: chosen.tensor, filter: Number(target.value) })}
        >
          {Array.from({ length: filters }, (_, filter) => (
            <option key={filter}>{filter}</option>
          ))}
        </select>
      </div>
      <div className={styles.maps}>
        <Enlarged
          array={from}
          filter={input}
          caption={t('detail.input', { tensor: layer?.from ?? '', filter: inputs > 1 ? input : '' })}
          highlight={source ?? null}
        />
        <span className={styles.arrow} aria-hidden="true">
          →
        </span>
        <Enlarged
          array={array}
          filter={chosen.filter}
          caption={t('detail.output', { tensor: chosen.tensor, filter: chosen.filter })}
          highlight={cell && { ...cell, column: cell.column, height: 1, width: 1 }}
          onPointCell={point}
        />
      </div>
    </div>
  );
}

interface EnlargedProps {
  array: NamedArray | undefined;
  filter: number;
  caption: string;
  highlight: { row: number; column: number; height: number; width: number } | null;
  onPointCell?: (cell: Cell | null) => void;
}

function Enlarged({ array, filter, caption, highlight, onPointCell }: EnlargedProps) {
  const [height = 28, width = 28, filters = 1] = array?.shape ?? [];
  const isPicture = array?.shape.length === 2;
  return (
    <figure className={styles.map}>
      {array && filter < filters ? (
        <Heatmap
          values={array.values}
          width={width}
          height={height}
          offset={filter}
          stride={filters}
          scale={isPicture ? 'unsigned' : 'signed'}
          limit={isPicture ? 1 : roundLimit(limitOf(array.values))}
          label={caption}
          highlight={highlight}
          onPointCell={onPointCell}
        />
      ) : (
        <div className={styles.empty} />
      )}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
