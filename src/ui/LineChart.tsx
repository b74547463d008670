import { memo, useEffect, useId, useRef, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { useThemeVersion } from './colors.ts';
import chart from './chart.module.css';
import styles from './LineChart.module.css';
import { linePath, markerPath, niceTicks, type Line, type LineShape } from './lines.ts';

export type { Line, LineShape };

export interface LineChartProps {
  lines: readonly Line[];
  label: string;
  unit?: string | undefined;
  /** What stands below the horizontal axis. */
  across: string;
  /** Of the horizontal axis; absent: from 0 to the last point. */
  width?: number | undefined;
  /** Of the values. */
  range: readonly [number, number];
  format: (value: number) => string;
  /** Values with a line across, such as that of mere chance. */
  levels?: readonly { value: number; label: string }[];
}

/** In sizes of the type: the plot is as large as its numbers ask for. */
const HEIGHT = 14.5;
const [LEFT, TOP, BOTTOM] = [3.4, 0.8, 2.9];
/** To the right of the plot, with and without words for levels. */
const [WORDS, EDGE] = [6.5, 0.9];

/** A few lines that are told apart by dashes and by the shape of their points; the same as a table. */
export const LineChart = memo(function LineChart(props: LineChartProps) {
  const { lines, label, unit, across, range, format, levels = [] } = props;
  const t = useTranslate();
  const place = useRef<HTMLDivElement>(null);
  const { width, type } = useSize(place);
  const last = Math.max(props.width ?? 0, ...lines.map(({ at }) => at.at(-1) ?? 0)) || 1;
  const box: Box = {
    left: LEFT * type,
    right: width - (levels.length > 0 ? WORDS : EDGE) * type,
    top: TOP * type,
    bottom: (HEIGHT - BOTTOM) * type,
    type,
  };
  const x = (value: number) => box.left + (value / last) * (box.right - box.left);
  const y = (value: number) => {
    const share = (Math.min(range[1], Math.max(range[0], value)) - range[0]) / (range[1] - range[0]);
    return box.bottom - share * (box.bottom - box.top);
  };
  const said = lines.filter(({ values }) => values.length > 0);
  const summary = said.map(({ label: name, values }) => `${name} ${format(values.at(-1) ?? 0)}`).join(', ');
  return (
    <figure className={chart.chart}>
      <figcaption className={chart.caption}>
        <span className={chart.label}>
          {label}
          {unit && <span className={chart.unit}> ({unit})</span>}
        </span>
        <span className={chart.legend}>
          {lines.map((line) => (
            <span key={line.name} className={chart.entry}>
              <LineSample shape={line.shape} />
              {line.label}
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={place}>
        <svg
          className={styles.plot}
          viewBox={`0 0 ${width} ${HEIGHT * type}`}
          role="img"
          aria-label={`${label}: ${summary || t('chart.empty')}`}
        >
          <Axes x={x} y={y} box={box} last={last} range={range} format={format} across={across} />
          {levels.map((level) => (
            <g key={level.label} className={styles.level}>
              <path d={`M${box.left} ${y(level.value)} H${box.right}`} />
              <text x={box.right + type / 2} y={y(level.value) + type / 3}>
                {level.label}
              </text>
            </g>
          ))}
          {said.map(({ name, shape, at, values, everyPoint = 1 }) => (
            <g key={name} className={styles[shape]}>
              <path d={linePath(at.map(x), values.map(y))} className={styles.line} />
              <path
                d={at
                  .map((value, index) =>
                    index % everyPoint === 0 ? markerPath(shape, x(value), y(values[index] ?? 0)) : '',
                  )
                  .join('')}
                className={styles.points}
              />
            </g>
          ))}
        </svg>
      </div>
      <Table lines={said} label={label} across={across} format={format} />
    </figure>
  );
});

/** Where the plot lies in the drawing, and the size of its type, in CSS pixels. */
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
  type: number;
}

/** How wide it may be drawn and how large its type is, in CSS pixels: numbers then look like the text around. */
function useSize(place: React.RefObject<HTMLElement | null>): { width: number; type: number } {
  const theme = useThemeVersion();
  const [size, setSize] = useState({ width: 480, type: 13 });
  useEffect(() => {
    const element = place.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      const width = Math.max(200, Math.round(element.clientWidth));
      setSize({ width, type: parseFloat(getComputedStyle(element).fontSize) || 13 });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, theme]);
  return size;
}

function Axes({
  x,
  y,
  box,
  last,
  range,
  format,
  across,
}: Pick<LineChartProps, 'range' | 'format' | 'across'> & {
  x: (value: number) => number;
  y: (value: number) => number;
  box: Box;
  last: number;
}) {
  const { left, right, top, bottom, type } = box;
  const rows = niceTicks(range[0], range[1], 4);
  const columns = niceTicks(0, last, Math.max(2, Math.floor((right - left) / (6 * type))));
  return (
    <>
      <path
        className={styles.grid}
        d={[
          ...rows.map((tick) => `M${left} ${y(tick)} H${right}`),
          ...columns.map((tick) => `M${x(tick)} ${top} V${bottom}`),
        ].join('')}
      />
      {rows.map((tick) => (
        <text key={tick} x={left - type / 2} y={y(tick) + type / 3} textAnchor="end" className={styles.number}>
          {format(tick)}
        </text>
      ))}
      {columns.map((tick) => (
        <text key={tick} x={x(tick)} y={bottom + 1.2 * type} textAnchor="middle" className={styles.number}>
          {tick}
        </text>
      ))}
      <text x={(left + right) / 2} y={bottom + 2.5 * type} textAnchor="middle" className={styles.number}>
        {across}
      </text>
    </>
  );
}

function LineSample({ shape }: { shape: LineShape }) {
  return (
    <svg className={`${styles.sample} ${styles[shape]}`} viewBox="0 0 30 10" aria-hidden="true">
      <path d="M0 5 H30" className={styles.line} />
      <path d={markerPath(shape, 15, 5)} className={styles.points} />
    </svg>
  );
}

const ROWS = 14;

function Table({ lines, label, across, format }: Pick<LineChartProps, 'lines' | 'label' | 'across' | 'format'>) {
  const t = useTranslate();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const places = [...new Set(lines.flatMap(({ at }) => at))].sort((one, other) => one - other);
  const every = Math.ceil(places.length / ROWS);
  const rows = places.filter((_, index) => (places.length - 1 - index) % every === 0);
  return (
    <details className={chart.table} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary id={id}>{t('chart.table')}</summary>
      {isOpen && (
        <table aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{across}</th>
              {lines.map(({ name, label: words }) => (
                <th key={name} scope="col">
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {lines.map(({ name, at, values }) => {
                  const value = values[at.indexOf(row)];
                  return <td key={name}>{value === undefined ? '–' : format(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
