// Sums along one axis of [outer, count, inner], several numbers at a time in as many partial sums: faster than one sum,
// and nearer to the truth.
import { Floats } from './memory';
import { splat, sumOfLanes } from './vector';

/** So many rows make one partial sum of the partial sums: long sums of float32 lose digits. */
const BLOCK_ROWS = 512;
const BLOCK_NUMBERS = 8192;

/**
 * @param divisor 1 for the sum, `count` for the mean.
 * @param result `[outer, inner]`
 */
export function sumAlong(outer: i32, count: i32, inner: i32, divisor: f32, x: Floats, result: Floats): void {
  for (let index = 0; index < outer; index++) {
    for (let column = 0; column < inner; column++) result[column] = 0;
    const block = inner == 1 ? BLOCK_NUMBERS : BLOCK_ROWS;
    for (let start = 0; start < count; start += block) {
      const rows = min(block, count - start);
      if (inner == 1) result[0] += sumOf(rows, x.at(start));
      else addRows(rows, inner, x.at(start * inner), result);
    }
    x = x.at(count * inner);
    result = result.at(inner);
  }
  if (divisor == 1) return;
  const size = outer * inner;
  result = result.at(-size);
  for (let index = 0; index < size; index++) result[index] /= divisor;
}

/** Of numbers in one piece. */
function sumOf(count: i32, x: Floats): f32 {
  let sum0 = splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let index = 0;
  for (; index + 16 <= count; index += 16) {
    sum0 = f32x4.add(sum0, x.load4(index));
    sum1 = f32x4.add(sum1, x.load4(index + 4));
    sum2 = f32x4.add(sum2, x.load4(index + 8));
    sum3 = f32x4.add(sum3, x.load4(index + 12));
  }
  for (; index + 4 <= count; index += 4) sum0 = f32x4.add(sum0, x.load4(index));
  let sum = sumOfLanes(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3)));
  for (; index < count; index++) sum += x[index];
  return sum;
}

/** Adds rows of `inner` numbers, column by column. */
function addRows(count: i32, inner: i32, x: Floats, result: Floats): void {
  let column = 0;
  for (; column + 8 <= inner; column += 8) {
    let source = x.at(column);
    let left0 = splat(0);
    let left1 = left0;
    let left2 = left0;
    let left3 = left0;
    let right0 = left0;
    let right1 = left0;
    let right2 = left0;
    let right3 = left0;
    let row = 0;
    for (; row + 4 <= count; row += 4) {
      left0 = f32x4.add(left0, source.load4(0));
      right0 = f32x4.add(right0, source.load4(4));
      source = source.at(inner);
      left1 = f32x4.add(left1, source.load4(0));
      right1 = f32x4.add(right1, source.load4(4));
      source = source.at(inner);
      left2 = f32x4.add(left2, source.load4(0));
      right2 = f32x4.add(right2, source.load4(4));
      source = source.at(inner);
      left3 = f32x4.add(left3, source.load4(0));
      right3 = f32x4.add(right3, source.load4(4));
      source = source.at(inner);
    }
    for (; row < count; row++) {
      left0 = f32x4.add(left0, source.load4(0));
      right0 = f32x4.add(right0, source.load4(4));
      source = source.at(inner);
    }
    const left = f32x4.add(f32x4.add(left0, left1), f32x4.add(left2, left3));
    const right = f32x4.add(f32x4.add(right0, right1), f32x4.add(right2, right3));
    result.store4(column, f32x4.add(result.load4(column), left));
    result.store4(column + 4, f32x4.add(result.load4(column + 4), right));
  }
  for (; column < inner; column++) {
    let source = x.at(column);
    let sum0: f32 = 0;
    let sum1: f32 = 0;
    let sum2: f32 = 0;
    let sum3: f32 = 0;
    let row = 0;
    for (; row + 4 <= count; row += 4) {
      sum0 += source[0];
      sum1 += source[inner];
      sum2 += source[2 * inner];
      sum3 += source[3 * inner];
      source = source.at(4 * inner);
    }
    for (; row < count; row++) {
      sum0 += source[0];
      source = source.at(inner);
    }
    result[column] += sum0 + sum1 + (sum2 + sum3);
  }
}
