// out[rows, columns] (+)= a[rows, depth] b[depth, columns], in tiles of 4 by 8 that stay in registers. Both factors are
// packed first, so that the innermost loop reads straight on. Strides count numbers: a transposed factor swaps its two.
import { Floats } from './memory';
import { multiplyAdd, splat } from './vector';

const BLOCK_DEPTH = 256;
const BLOCK_ROWS = 64;

/** One tile that sticks out of the result. */
let edge: Floats = changetype<Floats>(0);
/** One block of the left factor. */
let packedLeft: Floats = changetype<Floats>(0);

/** Bytes the module needs for itself beside what each call is given. */
export function workspaceBytes(): i32 {
  return (32 + BLOCK_ROWS * BLOCK_DEPTH) << 2;
}

/** Called once, before anything else. */
export function setWorkspace(start: Floats): void {
  edge = start;
  packedLeft = start.at(32);
}

/**
 * The right factor as panels of 8 columns, filled up with zeros, one block of depth after the other.
 *
 * @param packed takes `depth` times `columns` rounded up to 8.
 */
export function packRight(
  depth: i32,
  columns: i32,
  right: Floats,
  rowStride: i32,
  columnStride: i32,
  packed: Floats,
): void {
  for (let start = 0; start < depth; start += BLOCK_DEPTH) {
    const blockDepth = min(BLOCK_DEPTH, depth - start);
    for (let column = 0; column < columns; column += 8) {
      const wide = min(8, columns - column);
      let source = right.at(start * rowStride + column * columnStride);
      for (let k = 0; k < blockDepth; k++) {
        if (columnStride == 1 && wide == 8) {
          packed.store4(0, source.load4(0));
          packed.store4(4, source.load4(4));
        } else {
          for (let lane = 0; lane < wide; lane++) packed[lane] = source[lane * columnStride];
          for (let lane = wide; lane < 8; lane++) packed[lane] = 0;
        }
        source = source.at(rowStride);
        packed = packed.at(8);
      }
    }
  }
}

/** Rows of the left factor as panels of 4, filled up with zeros. */
function packLeft(rows: i32, depth: i32, left: Floats, rowStride: i32, columnStride: i32, packed: Floats): void {
  for (let row = 0; row < rows; row += 4) {
    const high = min(4, rows - row);
    const panel = left.at(row * rowStride);
    if (high == 4 && rowStride == 1) {
      for (let k = 0; k < depth; k++) packed.store4(k << 2, panel.load4(k * columnStride));
    } else {
      for (let lane = 0; lane < 4; lane++) {
        if (lane < high) {
          const source = panel.at(lane * rowStride);
          for (let k = 0; k < depth; k++) packed[(k << 2) + lane] = source[k * columnStride];
        } else {
          for (let k = 0; k < depth; k++) packed[(k << 2) + lane] = 0;
        }
      }
    }
    packed = packed.at(depth << 2);
  }
}

/** One tile of `high` by `wide`: row q of it is kept in (leftq, rightq). */
function tile(
  depth: i32,
  panelA: Floats,
  panelB: Floats,
  out: Floats,
  stride: i32,
  high: i32,
  wide: i32,
  accumulate: bool,
): void {
  let left0 = splat(0);
  let left1 = left0;
  let left2 = left0;
  let left3 = left0;
  let right0 = left0;
  let right1 = left0;
  let right2 = left0;
  let right3 = left0;
  let a = changetype<usize>(panelA);
  let b = changetype<usize>(panelB);
  for (let k = 0; k < depth; k++) {
    const leftB = v128.load(b);
    const rightB = v128.load(b, 16);
    let value = v128.load_splat<f32>(a);
    left0 = multiplyAdd(value, leftB, left0);
    right0 = multiplyAdd(value, rightB, right0);
    value = v128.load_splat<f32>(a, 4);
    left1 = multiplyAdd(value, leftB, left1);
    right1 = multiplyAdd(value, rightB, right1);
    value = v128.load_splat<f32>(a, 8);
    left2 = multiplyAdd(value, leftB, left2);
    right2 = multiplyAdd(value, rightB, right2);
    value = v128.load_splat<f32>(a, 12);
    left3 = multiplyAdd(value, leftB, left3);
    right3 = multiplyAdd(value, rightB, right3);
    a += 16;
    b += 32;
  }
  const isWhole = high == 4 && wide == 8;
  const row0 = isWhole ? out : edge;
  const step = isWhole ? stride : 8;
  const row1 = row0.at(step);
  const row2 = row1.at(step);
  const row3 = row2.at(step);
  if (isWhole && accumulate) {
    left0 = f32x4.add(left0, row0.load4(0));
    right0 = f32x4.add(right0, row0.load4(4));
    left1 = f32x4.add(left1, row1.load4(0));
    right1 = f32x4.add(right1, row1.load4(4));
    left2 = f32x4.add(left2, row2.load4(0));
    right2 = f32x4.add(right2, row2.load4(4));
    left3 = f32x4.add(left3, row3.load4(0));
    right3 = f32x4.add(right3, row3.load4(4));
  }
  row0.store4(0, left0);
  row0.store4(4, right0);
  row1.store4(0, left1);
  row1.store4(4, right1);
  row2.store4(0, left2);
  row2.store4(4, right2);
  row3.store4(0, left3);
  row3.store4(4, right3);
  if (isWhole) return;
  for (let row = 0; row < high; row++) {
    for (let column = 0; column < wide; column++) {
      const value = edge[(row << 3) + column];
      const index = row * stride + column;
      out[index] = accumulate ? out[index] + value : value;
    }
  }
}

/** A block of packed rows times one block of depth of a packed right factor. */
export function multiplyBlock(
  rows: i32,
  columns: i32,
  depth: i32,
  left: Floats,
  right: Floats,
  out: Floats,
  stride: i32,
  accumulate: bool,
): void {
  for (let column = 0; column < columns; column += 8) {
    const wide = min(8, columns - column);
    for (let row = 0; row < rows; row += 4) {
      const target = out.at(row * stride + column);
      tile(depth, left.at(row * depth), right.at(column * depth), target, stride, min(4, rows - row), wide, accumulate);
    }
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
    for (let row = 0; row < rows; row += BLOCK_ROWS) {
      const high = min(BLOCK_ROWS, rows - row);
      packLeft(high, blockDepth, left.at(row * rowStride + start * columnStride), rowStride, columnStride, packedLeft);
      const target = out.at(row * stride);
      multiplyBlock(
        high,
        columns,
        blockDepth,
        packedLeft,
        right.at(start * padded),
        target,
        stride,
        accumulate || start > 0,
      );
    }
  }
}

/**
 * A batch of products. A factor that is the same for all has the batch stride 0.
 *
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
  out: Floats,
  packed: Floats,
): void {
  for (let index = 0; index < batch; index++) {
    if (index == 0 || rightBatchStride > 0) {
      packRight(depth, columns, right.at(index * rightBatchStride), rightRowStride, rightColumnStride, packed);
    }
    multiply(
      rows,
      columns,
      depth,
      left.at(index * leftBatchStride),
      leftRowStride,
      leftColumnStride,
      packed,
      out.at(index * rows * columns),
      columns,
      false,
    );
  }
}
