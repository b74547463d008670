// Comparisons, and choices by their results: a bool is a byte, 1 or 0.
import { Bytes, Floats } from './memory';
import { splat } from './vector';

/** Compiled into the place of each call, where the operation is a constant. */
class Comparison {
  /** 0 greater, 1 greater or equal, 2 less, 3 less or equal, 4 equal. */
  @inline
  static lanes(operation: i32, a: v128, b: v128): v128 {
    if (operation == 0) return f32x4.gt(a, b);
    if (operation == 1) return f32x4.ge(a, b);
    if (operation == 2) return f32x4.lt(a, b);
    if (operation == 3) return f32x4.le(a, b);
    return f32x4.eq(a, b);
  }

  @inline
  static loop(
    operation: i32,
    rows: i32,
    columns: i32,
    a: Floats,
    aRowStride: i32,
    aColumnStride: i32,
    b: Floats,
    bRowStride: i32,
    bColumnStride: i32,
    out: Bytes,
  ): void {
    for (let row = 0; row < rows; row++) {
      let left = splat(a[0]);
      let right = splat(b[0]);
      let column = 0;
      for (; column + 4 <= columns; column += 4) {
        if (aColumnStride != 0) left = a.load4(column);
        if (bColumnStride != 0) right = b.load4(column);
        out.storeMask4(column, Comparison.lanes(operation, left, right));
      }
      for (; column < columns; column++) {
        const mask = Comparison.lanes(operation, splat(a[column * aColumnStride]), splat(b[column * bColumnStride]));
        out[column] = <u8>(i32x4.extract_lane(mask, 0) & 1);
      }
      a = a.at(aRowStride);
      b = b.at(bRowStride);
      out = out.at(columns);
    }
  }
}

/** `out[row, column] = a compared with b`, strides as for `binary`. */
export function compare(
  operation: i32,
  rows: i32,
  columns: i32,
  a: Floats,
  aRowStride: i32,
  aColumnStride: i32,
  b: Floats,
  bRowStride: i32,
  bColumnStride: i32,
  out: Bytes,
): void {
  if (operation == 0) {
    Comparison.loop(0, rows, columns, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, out);
  } else if (operation == 1) {
    Comparison.loop(1, rows, columns, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, out);
  } else if (operation == 2) {
    Comparison.loop(2, rows, columns, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, out);
  } else if (operation == 3) {
    Comparison.loop(3, rows, columns, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, out);
  } else {
    Comparison.loop(4, rows, columns, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, out);
  }
}

/** `out = condition ? a : b`, number by number. */
export function select(count: i32, condition: Bytes, a: Floats, b: Floats, out: Floats): void {
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    out.store4(index, v128.bitselect(a.load4(index), b.load4(index), condition.loadMask4(index)));
  }
  for (; index < count; index++) out[index] = condition[index] != 0 ? a[index] : b[index];
}
