// The innermost loop of every product: a tile of 4 rows by 8 columns of the result stays in eight registers while the
// depth runs. The depth comes in runs, because a convolution's window is one: `runs` rows of `length` numbers.
import { Floats } from './memory';
import { multiplyAdd, splat, sumOfLanes } from './vector';

/** A tile that sticks out of the result. */
let edge: Floats = changetype<Floats>(0);

/** Bytes the module needs for itself beside what each call is given. */
export function workspaceBytes(): i32 {
  return 32 << 2;
}

/** Called once, before anything else. */
export function setWorkspace(start: Floats): void {
  edge = start;
}

/**
 * `out[row, column] (+)= sum of a[row][k] b[k][column]` for up to 4 rows and 8 columns.
 *
 * @param a0 address of the first row of the left factor; a1, a2 and a3 of the others: any of the rows that there are
 *   stands in for one that there is not.
 * @param aStep bytes from one k to the next, `aJump` in addition at the end of a run; the same for `b`, where 8 numbers
 *   are read at each k.
 * @param stride numbers from one row of `out` to the next.
 */
export function tile(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  aStep: usize,
  aJump: usize,
  b: usize,
  bStep: usize,
  bJump: usize,
  runs: i32,
  length: i32,
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
  for (; runs > 0; runs--) {
    for (let k = length; k > 0; k--) {
      const left = v128.load(b);
      const right = v128.load(b, 16);
      let value = v128.load_splat<f32>(a0);
      left0 = multiplyAdd(value, left, left0);
      right0 = multiplyAdd(value, right, right0);
      value = v128.load_splat<f32>(a1);
      left1 = multiplyAdd(value, left, left1);
      right1 = multiplyAdd(value, right, right1);
      value = v128.load_splat<f32>(a2);
      left2 = multiplyAdd(value, left, left2);
      right2 = multiplyAdd(value, right, right2);
      value = v128.load_splat<f32>(a3);
      left3 = multiplyAdd(value, left, left3);
      right3 = multiplyAdd(value, right, right3);
      a0 += aStep;
      a1 += aStep;
      a2 += aStep;
      a3 += aStep;
      b += bStep;
    }
    a0 += aJump;
    a1 += aJump;
    a2 += aJump;
    a3 += aJump;
    b += bJump;
  }
  const isWhole = high == 4 && wide == 8;
  const row0 = isWhole ? out : edge;
  const step = isWhole ? stride : 8;
  const row1 = row0.at(step);
  const row2 = row1.at(step);
  const row3 = row2.at(step);
  if (isWhole && accumulate) {
    left0 = f32x4.add(row0.load4(0), left0);
    right0 = f32x4.add(row0.load4(4), right0);
    left1 = f32x4.add(row1.load4(0), left1);
    right1 = f32x4.add(row1.load4(4), right1);
    left2 = f32x4.add(row2.load4(0), left2);
    right2 = f32x4.add(row2.load4(4), right2);
    left3 = f32x4.add(row3.load4(0), left3);
    right3 = f32x4.add(row3.load4(4), right3);
  }
  row0.store4(0, left0);
  row0.store4(4, right0);
  row1.store4(0, left1);
  row1.store4(4, right1);
  row2.store4(0, left2);
  row2.store4(4, right2);
  row3.store4(0, left3);
  row3.store4(4, right3);
  if (!isWhole) fromEdge(out, stride, high, wide, accumulate);
}

/** Copies the part of the edge tile that lies inside the result. */
function fromEdge(out: Floats, stride: i32, high: i32, wide: i32, accumulate: bool): void {
  for (let row = 0; row < high; row++) {
    const source = edge.at(row << 3);
    const target = out.at(row * stride);
    let column = 0;
    if (wide >= 4) {
      const value = source.load4(0);
      target.store4(0, accumulate ? f32x4.add(target.load4(0), value) : value);
      column = 4;
    }
    for (; column < wide; column++) target[column] = accumulate ? target[column] + source[column] : source[column];
  }
}

/**
 * One column of a tile whose rows lie in one piece: four numbers of the depth at once, for results of so few columns
 * that a tile would be mostly empty.
 *
 * @param b address of the column, in one piece.
 */
export function columnTile(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  aJump: usize,
  b: usize,
  runs: i32,
  length: i32,
  out: Floats,
  stride: i32,
  high: i32,
): void {
  let sum0 = splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (; runs > 0; runs--) {
    let k = length;
    for (; k >= 4; k -= 4) {
      const column = v128.load(b);
      sum0 = multiplyAdd(v128.load(a0), column, sum0);
      sum1 = multiplyAdd(v128.load(a1), column, sum1);
      sum2 = multiplyAdd(v128.load(a2), column, sum2);
      sum3 = multiplyAdd(v128.load(a3), column, sum3);
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
      b += 16;
    }
    for (; k > 0; k--) {
      const column = v128.load32_zero(b);
      sum0 = multiplyAdd(v128.load32_zero(a0), column, sum0);
      sum1 = multiplyAdd(v128.load32_zero(a1), column, sum1);
      sum2 = multiplyAdd(v128.load32_zero(a2), column, sum2);
      sum3 = multiplyAdd(v128.load32_zero(a3), column, sum3);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      b += 4;
    }
    a0 += aJump;
    a1 += aJump;
    a2 += aJump;
    a3 += aJump;
  }
  out[0] = sumOfLanes(sum0);
  if (high > 1) out[stride] = sumOfLanes(sum1);
  if (high > 2) out[2 * stride] = sumOfLanes(sum2);
  if (high > 3) out[3 * stride] = sumOfLanes(sum3);
}
