import { drawHeatmap, type HeatmapValues } from './drawHeatmap.ts';
import { readColor, rgbText } from './colors.ts';

/** Many small pictures of numbers on one canvas, such as all maps of a layer. */
export interface MapsPicture extends Omit<HeatmapValues, 'offset' | 'stride'> {
  count: number;
  /** Where the numbers of map i begin, and how far apart they are. */
  offsetOf: (map: number) => number;
  stride: number;
}

/** Cells of a map to frame; without a map, of each. May reach over the edge. */
export interface MapsWindow {
  map?: number | undefined;
  row: number;
  column: number;
  height: number;
  width: number;
}

/** How the maps stand: in columns of eight where the place is high, in rows of eight where it is wide. */
export interface MapsLayout {
  /** CSS pixels of a map's side and from one to the next, across and down. */
  side: number;
  across: number;
  down: number;
  isHigh: boolean;
}

/** Maps in a row or column. */
export const LINE = 8;
const GAP = 3; // CSS pixels

export function layoutMaps(count: number, width: number, height: number): MapsLayout {
  const isHigh = height >= width;
  const inLine = Math.min(LINE, count);
  const lines = Math.ceil(count / LINE);
  const across = (width + GAP) / (isHigh ? lines : inLine);
  const down = (height + GAP) / (isHigh ? inLine : lines);
  return { side: Math.max(1, Math.min(across, down) - GAP), across, down, isHigh };
}

/** The upper left corner of a map, in CSS pixels. */
export function placeOfMap(map: number, { side, across, down, isHigh }: MapsLayout): { x: number; y: number } {
  const [inLine, line] = [map % LINE, Math.floor(map / LINE)];
  const [column, row] = isHigh ? [line, inLine] : [inLine, line];
  return { x: column * across, y: row * down + (down - GAP - side) / 2 };
}

let scratch: HTMLCanvasElement | undefined;

/** Paints all maps, sharp at any size, with their frames. Does nothing where there is no canvas to draw on. */
export function drawMaps(
  canvas: HTMLCanvasElement,
  picture: MapsPicture,
  layout: MapsLayout,
  marks: { window: MapsWindow | undefined; chosen: number | undefined },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  scratch ??= document.createElement('canvas');
  scratch.width = picture.width;
  scratch.height = picture.height;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  context.imageSmoothingEnabled = false;
  for (let map = 0; map < picture.count; map++) {
    drawHeatmap(scratch, { ...picture, offset: picture.offsetOf(map) });
    const { x, y } = placeOfMap(map, layout);
    context.drawImage(scratch, x, y, layout.side, layout.side);
    const isChosen = map === marks.chosen;
    frame(context, isChosen ? '--ink' : '--line', isChosen ? 2 : 1, x, y, layout.side, layout.side);
    if (marks.window && (marks.window.map ?? map) === map) drawWindow(context, picture, layout, marks.window, x, y);
  }
}

function drawWindow(
  context: CanvasRenderingContext2D,
  { width, height }: MapsPicture,
  { side }: MapsLayout,
  { row, column, height: rows, width: columns }: MapsWindow,
  x: number,
  y: number,
) {
  const [cellWidth, cellHeight] = [side / width, side / height];
  const box = [x + column * cellWidth, y + row * cellHeight, columns * cellWidth, rows * cellHeight] as const;
  frame(context, '--paper', 4, ...box);
  frame(context, '--ink', 1.5, ...box);
}

function frame(
  context: CanvasRenderingContext2D,
  color: string,
  lineWidth: number,
  ...box: readonly [x: number, y: number, width: number, height: number]
) {
  context.strokeStyle = rgbText(readColor(color));
  context.lineWidth = lineWidth;
  context.strokeRect(...box);
}
