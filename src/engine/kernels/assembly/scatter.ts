import { Floats, Integers, addTo, copy, zero } from './memory';

/** `result[id of row] += row`, in the order of the rows. A row whose id is no segment is left out. */
export function segmentSum(
  rows: i32,
  columns: i32,
  segments: i32,
  x: Floats,
  segmentIds: Integers,
  result: Floats,
): void {
  zero(segments * columns, result);
  for (let row = 0; row < rows; row++) {
    const segment = segmentIds[row];
    if (segment >= 0 && segment < segments) addTo(columns, x.at(row * columns), result.at(segment * columns));
  }
}

/** Rows of `depth` numbers: `on` at the index of the row, `off` elsewhere, and everywhere if the index is outside. */
export function oneHot(rows: i32, depth: i32, on: f32, off: f32, indices: Integers, out: Floats): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < depth; column++) out[column] = column == indices[row] ? on : off;
    out = out.at(depth);
  }
}

/**
 * `out[part, place] = x[part, index of place]`, rows of `columns` numbers of four bytes; zeros for an index outside.
 *
 * @param x `[parts, size, columns]`
 * @param out `[parts, places, columns]`
 */
export function gather(
  parts: i32,
  size: i32,
  columns: i32,
  places: i32,
  x: Floats,
  indices: Integers,
  out: Floats,
): void {
  for (let part = 0; part < parts; part++) {
    for (let place = 0; place < places; place++) {
      const index = indices[place];
      if (index >= 0 && index < size) copy(columns, x.at(index * columns), out);
      else zero(columns, out);
      out = out.at(columns);
    }
    x = x.at(size * columns);
  }
}
