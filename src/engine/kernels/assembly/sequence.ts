// What the whole-sequence kernels of the recurrent layers share. A state is [batch, time, units]; a null address stands
// for the state before the first step where it is zeros.
import { multiply, packRight } from './gemm';
import { Floats, addTo, copy, zero } from './memory';
import { splat } from './vector';

/** Up to four numbers from `index` on, as many as there are; the other lanes are 0. */
export function loadLanes(source: Floats, index: i32, count: i32): v128 {
  if (count >= 4) return source.load4(index);
  let x = f32x4.replace_lane(splat(0), 0, source[index]);
  if (count > 1) x = f32x4.replace_lane(x, 1, source[index + 1]);
  if (count > 2) x = f32x4.replace_lane(x, 2, source[index + 2]);
  return x;
}

/** The first `count` lanes, at most four. */
export function storeLanes(target: Floats, index: i32, count: i32, value: v128): void {
  if (count >= 4) {
    target.store4(index, value);
    return;
  }
  target[index] = f32x4.extract_lane(value, 0);
  if (count > 1) target[index + 1] = f32x4.extract_lane(value, 1);
  if (count > 2) target[index + 2] = f32x4.extract_lane(value, 2);
}

/** The same of a state before the first step. */
export function loadState(state: Floats, index: i32, count: i32): v128 {
  return state.isNull ? splat(0) : loadLanes(state, index, count);
}

/**
 * Adds a state times recurrent weights to each sequence's row of `out`.
 *
 * @param state of the first sequence; `stateStride` leads to the next one's, `outStride` to the next row of `out`.
 * @param packed the recurrent weights, `[units, columns]`, through `packRight`.
 */
export function addRecalled(
  batch: i32,
  units: i32,
  columns: i32,
  state: Floats,
  stateStride: i32,
  packed: Floats,
  out: Floats,
  outStride: i32,
): void {
  if (!state.isNull) multiply(batch, columns, units, state, stateStride, 1, packed, out, outStride, true);
}

/**
 * The gradient by recurrent weights: the transposed states before each step times the gradients of their products.
 *
 * @param products `[batch, time, columns]`
 * @param before `[batch, time, units]`, scratch.
 * @param packed scratch for `batch time` times `columns` rounded up to 8.
 */
export function recurrentGradient(
  batch: i32,
  time: i32,
  units: i32,
  columns: i32,
  states: Floats,
  hidden: Floats,
  products: Floats,
  gradient: Floats,
  before: Floats,
  packed: Floats,
): void {
  for (let row = 0; row < batch; row++) {
    const first = before.at(row * time * units);
    if (hidden.isNull) zero(units, first);
    else copy(units, hidden.at(row * units), first);
    copy((time - 1) * units, states.at(row * time * units), first.at(units));
  }
  packRight(batch * time, columns, products, columns, 1, packed);
  multiply(units, columns, batch * time, before, 1, units, packed, gradient, columns, false);
}

/** The sum of all rows. */
export function sumRows(rows: i32, columns: i32, x: Floats, sum: Floats): void {
  zero(columns, sum);
  for (let row = 0; row < rows; row++) addTo(columns, x.at(row * columns), sum);
}

/** `a + b` of each row. */
export function addRows(columns: i32, a: Floats, b: Floats, out: Floats): void {
  copy(columns, a, out);
  addTo(columns, b, out);
}
