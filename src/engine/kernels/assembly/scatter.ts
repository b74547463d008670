import { Floats, Integers, addTo, zero } from './memory';

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
