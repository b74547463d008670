import { colorIndex, limitOf, readColorTable, type Scale } from './colorScale.ts';

/** A picture of numbers: `values[offset + (row * width + column) * stride]` is one cell. */
export interface HeatmapValues {
  values: ArrayLike<number>;
  width: number;
  height: number;
  scale: Scale;
  /** The value of the strongest colour; absent: the largest in the picture. */
  limit?: number | undefined;
  offset?: number | undefined;
  stride?: number | undefined;
}

/** Paints one pixel a cell; CSS enlarges it. Does nothing where there is no canvas to draw on. */
export function drawHeatmap(canvas: HTMLCanvasElement, picture: HeatmapValues): void {
  const { values, width, height, scale, offset = 0, stride = 1 } = picture;
  const context = canvas.getContext('2d');
  if (!context || width < 1 || height < 1) return;
  const limit = picture.limit ?? limitOf(values, offset, stride);
  const table = readColorTable(scale);
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let cell = 0; cell < pixels.length; cell++) {
    pixels[cell] = table[colorIndex(values[offset + cell * stride] ?? 0, limit, scale)] ?? 0;
  }
  context.putImageData(image, 0, 0);
}

export function cellValue(
  { values, width, offset = 0, stride = 1 }: HeatmapValues,
  row: number,
  column: number,
): number {
  return values[offset + (row * width + column) * stride] ?? Number.NaN;
}
