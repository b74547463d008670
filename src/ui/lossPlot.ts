import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { readColor, rgbText } from './colors.ts';
import type { ChartSeries, Columns } from './lossSeries.ts';

export interface LossPlot {
  setColumns(columns: Columns): void;
  dispose(): void;
}

export interface LossPlotOptions {
  kinds: readonly ChartSeries['kind'][];
  range: readonly [number, number] | undefined;
  stepLabel: string;
  format: (value: number) => string;
  /** The step under the pointer, or null. */
  onPoint: (step: number | null) => void;
}

/** Draws curves into `place` and follows its size. Colours and type are those of the moment it is made. */
export function createLossPlot(place: HTMLElement, options: LossPlotOptions): LossPlot {
  const sizeOf = () => ({ width: Math.max(80, place.clientWidth), height: Math.max(80, place.clientHeight) });
  const plot = new uPlot(plotOptions(place, options, sizeOf()), [[]], place);
  const observer = new ResizeObserver(() => {
    const { width, height } = sizeOf();
    if (width !== plot.width || height !== plot.height) plot.setSize({ width, height });
  });
  observer.observe(place);
  return {
    setColumns: (columns) => plot.setData(columns),
    dispose() {
      observer.disconnect();
      plot.destroy();
    },
  };
}

function plotOptions(place: HTMLElement, options: LossPlotOptions, size: { width: number; height: number }) {
  const style = getComputedStyle(place);
  const fontSize = parseFloat(style.fontSize) || 13;
  const font = `${fontSize}px ${style.fontFamily}`;
  const stroke = parseFloat(style.getPropertyValue('--stroke')) || 1;
  const axis = {
    font,
    stroke: rgbText(readColor('--ink-quiet')),
    grid: { stroke: rgbText(readColor('--line')), width: stroke },
    ticks: { stroke: rgbText(readColor('--line')), width: stroke, size: 4 },
  };
  return {
    ...size,
    padding: [fontSize / 2, fontSize, 0, 0] satisfies uPlot.Padding,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false } },
    scales: {
      x: { time: false, range: stepRange },
      y: { range: (_: uPlot, low: number | null, high: number | null) => valueRange(options.range, low, high) },
    },
    axes: [
      { ...axis, size: fontSize * 2, label: options.stepLabel, labelFont: font, labelSize: fontSize * 1.5, gap: 3 },
      {
        ...axis,
        size: fontSize * 3.6,
        gap: 4,
        values: (_: uPlot, ticks: number[]) => ticks.map((tick) => options.format(tick)),
      },
    ],
    series: [{}, ...options.kinds.flatMap((kind) => linesOf(kind, stroke))],
    hooks: {
      setCursor: [
        ({ cursor, data }: uPlot) => options.onPoint((cursor.idx == null ? null : data[0][cursor.idx]) ?? null),
      ],
    },
  } satisfies uPlot.Options;
}

/** Batches: a thin line and its smoothed one. Unseen data: thick, dashed, with dots, so that no colour is needed. */
function linesOf(kind: ChartSeries['kind'], stroke: number): uPlot.Series[] {
  const ink = readColor('--ink');
  const shared = { spanGaps: true };
  if (kind === 'training') {
    return [
      { ...shared, stroke: rgbText(ink, 0.35), width: stroke * 0.75, points: { show: false } },
      { ...shared, stroke: rgbText(ink), width: stroke * 1.5, points: { show: false } },
    ];
  }
  const accent = rgbText(readColor('--accent'));
  const points = { show: true, size: 5 + 2 * stroke, fill: accent, stroke: accent };
  return [{ ...shared, stroke: accent, width: stroke * 2.5, dash: [7, 5], points }];
}

function stepRange(_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax {
  return [low === high ? 0 : (low ?? 0), Math.max(10, high ?? 0)];
}

/** From zero, or the range given, widened where a curve leaves it upwards. */
function valueRange(
  range: readonly [number, number] | undefined,
  low: number | null,
  high: number | null,
): uPlot.Range.MinMax {
  if (range) return [range[0], range[1]];
  return [Math.min(0, low ?? 0), high && high > 0 ? high * 1.05 : 1];
}
