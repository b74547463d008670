import { colorIndex, limitOf, readColorTable, type Scale } from './colorScale.ts';

/** Numbers of a layer's units over the steps of a sequence: `values[step * units + unit]`. */
export interface UnitsPicture {
  values: ArrayLike<number>;
  time: number;
  units: number;
  scale: Scale;
  /** The value of the strongest colour; absent: the largest in the picture. */
  limit?: number | undefined;
}

/** Paints one pixel a number, time to the right, one row a unit; CSS enlarges it. */
export function drawUnits(canvas: HTMLCanvasElement, { values, time, units, scale, ...picture }: UnitsPicture): void {
  const context = canvas.getContext('2d');
  if (!context || time < 1 || units < 1) return;
  const limit = picture.limit ?? limitOf(values);
  const table = readColorTable(scale);
  const image = context.createImageData(time, units);
  const pixels = new Uint32Array(image.data.buffer);
  for (let step = 0; step < time; step++) {
    for (let unit = 0; unit < units; unit++) {
      pixels[unit * time + step] = table[colorIndex(values[step * units + unit] ?? 0, limit, scale)] ?? 0;
    }
  }
  context.putImageData(image, 0, 0);
}

/** What a picture says, for those who do not see it. */
export function summaryOf(values: ArrayLike<number>): { lowest: number; mean: number; highest: number } {
  let [lowest, highest, sum] = [Infinity, -Infinity, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    sum += value;
  }
  return { lowest, mean: sum / values.length, highest };
}
