import { memo, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { useThemeVersion } from './colors.ts';
import { cellValue, drawHeatmap, type HeatmapValues } from './drawHeatmap.ts';
import { formatNumber } from './numbers.ts';
import hidden from './visuallyHidden.module.css';
import styles from './Heatmap.module.css';

export interface Cell {
  row: number;
  column: number;
}

export interface CellWindow extends Cell {
  height: number;
  width: number;
}

export interface HeatmapProps extends HeatmapValues {
  label: string;
  /** CSS pixels a cell; absent: as wide as its place. */
  pixelSize?: number | undefined;
  /** Makes cells pointable by mouse, finger and arrow keys; null when the reader leaves. */
  onPointCell?: ((cell: Cell | null) => void) | undefined;
  /** Whether Tab reaches a pointable picture; false where a neighbour leads to it. */
  isTabStop?: boolean | undefined;
  /** A window of cells to frame; it may reach over the edge (padding). */
  highlight?: CellWindow | null | undefined;
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Numbers as a picture, one square a number, on the figure's colour scale. */
export const Heatmap = memo(function Heatmap(props: HeatmapProps) {
  const { values, width, height, scale, limit, offset, stride, label, pixelSize, onPointCell, highlight } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeVersion();
  useEffect(() => {
    if (canvas.current) drawHeatmap(canvas.current, { values, width, height, scale, limit, offset, stride });
  }, [values, width, height, scale, limit, offset, stride, theme]);

  const size = pixelSize === undefined ? { width: '100%' } : { width: width * pixelSize };
  const frame = { ...size, aspectRatio: `${width} / ${height}` };
  const picture = <canvas ref={canvas} width={width} height={height} className={styles.canvas} />;
  const shown = highlight && <CellFrame window={highlight} width={width} height={height} />;
  if (!onPointCell) {
    return (
      <div role="img" aria-label={label} className={styles.heatmap} style={frame}>
        {picture}
        {shown}
      </div>
    );
  }
  return (
    <PointableCells {...props} onPointCell={onPointCell} frame={frame}>
      {picture}
      {shown}
    </PointableCells>
  );
});

interface PointableProps extends HeatmapProps {
  onPointCell: (cell: Cell | null) => void;
  frame: React.CSSProperties;
  children: React.ReactNode;
}

function PointableCells({ onPointCell, isTabStop = true, frame, children, ...picture }: PointableProps) {
  const { width, height, label } = picture;
  const t = useTranslate();
  const [cell, setCell] = useState<Cell | null>(null);
  // Said once, when the cell is reached: the value may change with each frame.
  const [words, setWords] = useState('');
  const point = (next: Cell | null) => {
    if (next?.row === cell?.row && next?.column === cell?.column) return;
    setCell(next);
    setWords(next ? wordsFor(next) : '');
    onPointCell(next);
  };
  const wordsFor = ({ row, column }: Cell) =>
    t('heatmap.cell', { row, column, value: formatNumber(cellValue(picture, row, column)) });
  const pointAt = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = (share: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
    point({
      row: place((event.clientY - box.top) / (box.height || 1), height),
      column: place((event.clientX - box.left) / (box.width || 1), width),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (event.key === 'Escape' && cell) point(null);
    if (!move) return;
    event.preventDefault();
    const stay = (place: number, count: number) => Math.min(count - 1, Math.max(0, place));
    const from = cell ?? { row: Math.floor(height / 2) - move[0], column: Math.floor(width / 2) - move[1] };
    point({ row: stay(from.row + move[0], height), column: stay(from.column + move[1], width) });
  };
  return (
    <div
      role="application"
      aria-label={`${label}. ${words || t('heatmap.keys')}`}
      tabIndex={isTabStop ? 0 : -1}
      className={`${styles.heatmap} ${styles.pointable}`}
      style={frame}
      onPointerMove={pointAt}
      onPointerDown={pointAt}
      onPointerLeave={(event) => {
        if (event.pointerType !== 'touch') point(null);
      }}
      onBlur={() => point(null)}
      onKeyDown={onKeyDown}
    >
      {children}
      {cell && <CellFrame window={{ ...cell, height: 1, width: 1 }} width={width} height={height} />}
      <span className={hidden.visuallyHidden} role="status">
        {words}
      </span>
    </div>
  );
}

function CellFrame({ window, width, height }: { window: CellWindow; width: number; height: number }) {
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return (
    <span
      aria-hidden="true"
      className={styles.frame}
      style={{
        left: percent(window.column, width),
        top: percent(window.row, height),
        width: percent(window.width, width),
        height: percent(window.height, height),
      }}
    />
  );
}
