// out[rows, columns] (+)= a[rows, depth] b[depth, columns]. The right factor is packed first, so that the innermost loop
// reads it straight on; the left one is read where it lies. Strides count numbers: a transposed factor swaps its two.
import { finish } from './elementwise';
import { Floats } from './memory';
import { tile } from './tile';

/** As much of the right factor's depth as stays in the cache. */
const BLOCK_DEPTH = 256;
const BLOCK_ROWS = 64;

/**
 * One panel of the right factor: 8 columns, those beyond `wide` zeros, row after row.
 *
 * @param packed takes `depth` times 8.
 */
export function packPanel(
  depth: i32,
  wide: i32,
  right: Floats,
  rowStride: i32,
  columnStride: i32,
  packed: Floats,
): void {
  if (wide == 8 && columnStride == 1) {
    for (let k = 0; k < depth; k++) {
      packed.store4(k << 3, right.load4(0));
      packed.store4((k << 3) + 4, right.load4(4));
      right = right.at(rowStride);
    }
    return;
  }
  let k = 0;
  if (wide == 8 && rowStride == 1) {
    for (; k + 4 <= depth; k += 4) {
      transpose4(right.at(k), columnStride, packed.at(k << 3));
      transpose4(right.at((columnStride << 2) + k), columnStride, packed.at((k << 3) + 4));
    }
  }
  for (; k < depth; k++) {
    const source = right.at(k * rowStride);
    const row = packed.at(k << 3);
    for (let lane = 0; lane < wide; lane++) row[lane] = source[lane * columnStride];
    for (let lane = wide; lane < 8; lane++) row[lane] = 0;
  }
}

/** Four rows of four numbers, `stride` apart, to four rows of columns, 8 apart. */
function transpose4(source: Floats, stride: i32, target: Floats): void {
  const a = source.load4(0);
  const b = source.load4(stride);
  const c = source.load4(2 * stride);
  const d = source.load4(3 * stride);
  const firstAB = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const lastAB = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const firstCD = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const lastCD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  target.store4(0, v128.shuffle<f64>(firstAB, firstCD, 0, 2));
  target.store4(8, v128.shuffle<f64>(firstAB, firstCD, 1, 3));
  target.store4(16, v128.shuffle<f64>(lastAB, lastCD, 0, 2));
  target.store4(24, v128.shuffle<f64>(lastAB, lastCD, 1, 3));
}

/** All panels, one after the other: `packed` takes `depth` times `columns` rounded up to 8. */
export function packPanels(
  depth: i32,
  columns: i32,
  right: Floats,
  rowStride: i32,
  columnStride: i32,
  packed: Floats,
): void {
  for (let column = 0; column < columns; column += 8) {
    const wide = min(8, columns - column);
    packPanel(depth, wide, right.at(column * columnStride), rowStride, columnStride, packed.at(column * depth));
  }
}

/** The right factor of `multiply`: its panels, one block of depth after the other. */
export function packRight(
  depth: i32,
  columns: i32,
  right: Floats,
  rowStride: i32,
  columnStride: i32,
  packed: Floats,
): void {
  const padded = (columns + 7) & ~7;
  for (let start = 0; start < depth; start += BLOCK_DEPTH) {
    const blockDepth = min(BLOCK_DEPTH, depth - start);
    packPanels(blockDepth, columns, right.at(start * rowStride), rowStride, columnStride, packed.at(start * padded));
  }
}

/**
 * The product of a left factor, read with its strides, and a right one that `packRight` has packed.
 *
 * @param stride from one row of `out` to the next.
 * @param accumulate adds to what `out` holds.
 */
export function multiply(
  rows: i32,
  columns: i32,
  depth: i32,
  left: Floats,
  rowStride: i32,
  columnStride: i32,
  right: Floats,
  out: Floats,
  stride: i32,
  accumulate: bool,
): void {
  const padded = (columns + 7) & ~7;
  for (let start = 0; start < depth; start += BLOCK_DEPTH) {
    const blockDepth = min(BLOCK_DEPTH, depth - start);
    const block = right.at(start * padded);
    for (let row = 0; row < rows; row += BLOCK_ROWS) {
      const end = min(rows, row + BLOCK_ROWS);
      for (let column = 0; column < columns; column += 8) {
        const panel = changetype<usize>(block.at(column * blockDepth));
        for (let first = row; first < end; first += 4) {
          const last = end - 1 - first;
          const a = left.at(first * rowStride + start * columnStride);
          tile(
            changetype<usize>(a),
            changetype<usize>(a.at(min(1, last) * rowStride)),
            changetype<usize>(a.at(min(2, last) * rowStride)),
            changetype<usize>(a.at(min(3, last) * rowStride)),
            (<usize>columnStride) << 2,
            0,
            panel,
            32,
            0,
            1,
            blockDepth,
            out.at(first * stride + column),
            stride,
            min(4, last + 1),
            min(8, columns - column),
            accumulate || start > 0,
          );
        }
      }
    }
  }
}

/**
 * A batch of products. A factor that is the same for all has the batch stride 0.
 *
 * @param bias `[columns]`, or null.
 * @param packed `depth` times `columns` rounded up to 8.
 */
export function multiplyBatch(
  batch: i32,
  rows: i32,
  columns: i32,
  depth: i32,
  left: Floats,
  leftBatchStride: i32,
  leftRowStride: i32,
  leftColumnStride: i32,
  right: Floats,
  rightBatchStride: i32,
  rightRowStride: i32,
  rightColumnStride: i32,
  bias: Floats,
  activation: i32,
  alpha: f32,
  out: Floats,
  packed: Floats,
): void {
  for (let index = 0; index < batch; index++) {
    if (index == 0 || rightBatchStride > 0) {
      const matrix = right.at(index * rightBatchStride);
      packRight(depth, columns, matrix, rightRowStride, rightColumnStride, packed);
    }
    const matrix = left.at(index * leftBatchStride);
    multiply(rows, columns, depth, matrix, leftRowStride, leftColumnStride, packed, out, columns, false);
    finish(rows, columns, out, bias, activation, alpha);
    out = out.at(rows * columns);
  }
}
