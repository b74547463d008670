/** A picture of strokes: ink 1, paper 0, row by row. */
export interface Raster {
  pixels: Float32Array;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export function createRaster(width: number, height: number): Raster {
  return { pixels: new Float32Array(width * height), width, height };
}

/** Draws a line with round ends; its edge fades over one pixel. Coordinates are pixels, (0, 0) the top left corner. */
export function drawStroke({ pixels, width, height }: Raster, from: Point, to: Point, radius: number): void {
  const reach = radius + 1;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(from.x, to.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(from.y, to.y) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const ink = radius + 0.5 - distanceToLine(x + 0.5, y + 0.5, from, to);
      const place = y * width + x;
      if (ink > (pixels[place] ?? 1)) pixels[place] = Math.min(1, ink);
    }
  }
}

export function isBlank({ pixels }: Raster): boolean {
  return pixels.every((ink) => ink === 0);
}

function distanceToLine(x: number, y: number, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}
