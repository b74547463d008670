/** Side of a digit's picture, in pixels. */
const size = 28;
/** The longer side of a digit's ink, in pixels. */
const inkSize = 20;
/** The pixel, by row and by column, on which the centre of mass comes to lie. */
const centre = 14;

/** Where the ink of a drawing is, in its own pixels; pixel i reaches from i to i + 1. */
interface Ink {
  top: number;
  left: number;
  height: number;
  width: number;
  /** Centre of mass. */
  centreRow: number;
  centreColumn: number;
}

/**
 * A drawing as the makers of MNIST would have put it into their set: the ink fitted into 20x20 pixels keeping its
 * ratio, antialiased, then moved by whole pixels until its centre of mass lies on the middle pixel of 28x28.
 *
 * Two things beyond their words. The darkest pixel becomes full ink, as in each of their 60,000 training digits; so a
 * pen that is thin for its canvas does not fade. No ink is moved out of the picture. As by their rule, whatever is
 * drawn fills the 20 pixels: one dot becomes a disc of that size.
 *
 * @param drawing `[height, width]`, flat; 0 is paper, 1 is ink.
 * @returns `[28, 28]`, flat, from 0 to 1; null if nothing is drawn.
 * @throws RangeError if the drawing does not have `height * width` values.
 * @see LeCun, Cortes, Burges: "The MNIST database of handwritten digits".
 */
export function centreDigit(drawing: Float32Array, height: number, width: number): Float32Array | null {
  if (drawing.length !== height * width) {
    throw new RangeError(`${drawing.length} values for a drawing of ${height} x ${width}`);
  }
  const ink = findInk(drawing, height, width);
  if (ink === null) return null;
  const drawnPerPixel = Math.max(ink.height, ink.width) / inkSize;
  const top = placeInk(ink.centreRow - ink.top, ink.height, drawnPerPixel);
  const left = placeInk(ink.centreColumn - ink.left, ink.width, drawnPerPixel);
  const rowEdge = (row: number) => ink.top + (row - top) * drawnPerPixel;
  const columnEdge = (column: number) => ink.left + (column - left) * drawnPerPixel;

  const narrow = averageLines(drawing, height, width, columnEdge);
  const small = averageLines(transpose(narrow, height, size), size, height, rowEdge);
  return withFullInk(transpose(small, size, size));
}

function findInk(drawing: Float32Array, height: number, width: number): Ink | null {
  let top = height;
  let left = width;
  let bottom = 0;
  let right = 0;
  let mass = 0;
  let rowMoment = 0;
  let columnMoment = 0;
  drawing.forEach((value, index) => {
    if (!(value > 0)) return;
    const row = Math.floor(index / width);
    const column = index % width;
    top = Math.min(top, row);
    left = Math.min(left, column);
    bottom = Math.max(bottom, row + 1);
    right = Math.max(right, column + 1);
    mass += value;
    rowMoment += value * (row + 0.5);
    columnMoment += value * (column + 0.5);
  });
  if (mass === 0) return null;
  return {
    top,
    left,
    height: bottom - top,
    width: right - left,
    centreRow: rowMoment / mass,
    centreColumn: columnMoment / mass,
  };
}

/** The pixel, along one axis, at which the ink's box begins. */
function placeInk(centreInBox: number, boxSize: number, drawnPerPixel: number): number {
  const wanted = Math.round(centre + 0.5 - centreInBox / drawnPerPixel);
  const last = size - Math.ceil(boxSize / drawnPerPixel);
  return Math.min(last, Math.max(0, wanted));
}

/**
 * Each line made `size` cells wide: cell i is the mean of what lies between `edge(i)` and `edge(i + 1)`, paper outside.
 *
 * @param values `[lines, width]`, flat.
 * @returns `[lines, size]`, flat.
 */
function averageLines(
  values: Float32Array,
  lines: number,
  width: number,
  edge: (cell: number) => number,
): Float32Array {
  const means = new Float32Array(lines * size);
  for (let cell = 0; cell < size; cell++) {
    const from = edge(cell);
    const to = edge(cell + 1);
    for (let column = Math.max(0, Math.floor(from)); column < Math.min(width, to); column++) {
      const share = (Math.min(to, column + 1) - Math.max(from, column)) / (to - from);
      for (let line = 0; line < lines; line++) {
        means[line * size + cell] = (means[line * size + cell] ?? 0) + share * (values[line * width + column] ?? 0);
      }
    }
  }
  return means;
}

function transpose(values: Float32Array, height: number, width: number): Float32Array {
  return Float32Array.from(values, (_, index) => values[(index % height) * width + Math.floor(index / height)] ?? 0);
}

/** The picture with its darkest pixel at 1. */
function withFullInk(picture: Float32Array): Float32Array {
  const darkest = picture.reduce((a, b) => Math.max(a, b), 0);
  return picture.map((value) => value / darkest);
}
