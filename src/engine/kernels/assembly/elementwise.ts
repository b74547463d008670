// Functions of each number by itself. The numbers of the operations stand in src/engine/kernels/operations.ts. Every
// loop is compiled once for each of its operations: to choose anew for every four numbers takes several times as long.
import { Floats } from './memory';
import { sigmoid4, splat, tanh4, wholeExponential4 } from './vector';

/** Compiled into the place of each call, where the operation is a constant. */
class Lanes {
  /**
   * 0 the number itself, 1 ReLU, 2 ReLU up to 6, 3 sigmoid, 4 hyperbolic tangent, 5 leaky ReLU, 6 step (1 above 0, NaN for
   * NaN, else `alpha`), 7 square, 8 root, 9 exponential, 10 negative.
   */
  @inline
  static unary(operation: i32, x: v128, alpha: f32): v128 {
    if (operation == 1) return f32x4.pmax(x, splat(0));
    if (operation == 2) return f32x4.pmin(f32x4.pmax(x, splat(0)), splat(6));
    if (operation == 3) return sigmoid4(x);
    if (operation == 4) return tanh4(x);
    if (operation == 5) return v128.bitselect(f32x4.mul(x, splat(alpha)), x, f32x4.lt(x, splat(0)));
    if (operation == 6) {
      const step = v128.bitselect(splat(1), splat(alpha), f32x4.gt(x, splat(0)));
      return v128.bitselect(step, x, f32x4.eq(x, x));
    }
    if (operation == 7) return f32x4.mul(x, x);
    if (operation == 8) return f32x4.sqrt(x);
    if (operation == 9) return wholeExponential4(x);
    if (operation == 10) return f32x4.neg(x);
    return x;
  }

  /** 0 sum, 1 difference, 2 product, 3 quotient. */
  @inline
  static binary(operation: i32, a: v128, b: v128): v128 {
    if (operation == 0) return f32x4.add(a, b);
    if (operation == 1) return f32x4.sub(a, b);
    if (operation == 2) return f32x4.mul(a, b);
    return f32x4.div(a, b);
  }

  /** Rounded as tfjs's own operations round it, one after another. */
  @inline
  static gradient(activation: i32, y: v128, gradient: v128, alpha: f32): v128 {
    if (activation == 1) return f32x4.mul(gradient, Lanes.unary(6, y, 0));
    if (activation == 3) return f32x4.mul(gradient, f32x4.mul(y, f32x4.sub(splat(1), y)));
    if (activation == 4) return f32x4.mul(f32x4.sub(splat(1), f32x4.mul(y, y)), gradient);
    return v128.bitselect(gradient, f32x4.mul(gradient, splat(alpha)), f32x4.gt(y, splat(0)));
  }
}

/** The loops around them, compiled into place likewise. */
class Loop {
  @inline
  static unary(operation: i32, count: i32, x: Floats, alpha: f32, out: Floats): void {
    let index = 0;
    for (; index + 4 <= count; index += 4) out.store4(index, Lanes.unary(operation, x.load4(index), alpha));
    for (; index < count; index++) out[index] = f32x4.extract_lane(Lanes.unary(operation, splat(x[index]), alpha), 0);
  }

  @inline
  static binary(
    operation: i32,
    rows: i32,
    columns: i32,
    a: Floats,
    aRowStride: i32,
    aColumnStride: i32,
    b: Floats,
    bRowStride: i32,
    bColumnStride: i32,
    out: Floats,
  ): void {
    for (let row = 0; row < rows; row++) {
      let left = splat(a[0]);
      let right = splat(b[0]);
      let column = 0;
      for (; column + 4 <= columns; column += 4) {
        if (aColumnStride != 0) left = a.load4(column);
        if (bColumnStride != 0) right = b.load4(column);
        out.store4(column, Lanes.binary(operation, left, right));
      }
      for (; column < columns; column++) {
        const value = Lanes.binary(operation, splat(a[column * aColumnStride]), splat(b[column * bColumnStride]));
        out[column] = f32x4.extract_lane(value, 0);
      }
      a = a.at(aRowStride);
      b = b.at(bRowStride);
      out = out.at(columns);
    }
  }

  @inline
  static biasActivation(
    activation: i32,
    rows: i32,
    columns: i32,
    x: Floats,
    bias: Floats,
    alpha: f32,
    out: Floats,
  ): void {
    for (let row = 0; row < rows; row++) {
      let column = 0;
      for (; column + 4 <= columns; column += 4) {
        const sum = f32x4.add(x.load4(column), bias.load4(column));
        out.store4(column, Lanes.unary(activation, sum, alpha));
      }
      for (; column < columns; column++) {
        out[column] = f32x4.extract_lane(Lanes.unary(activation, splat(x[column] + bias[column]), alpha), 0);
      }
      x = x.at(columns);
      out = out.at(columns);
    }
  }

  @inline
  static gradient(activation: i32, count: i32, y: Floats, gradient: Floats, alpha: f32, out: Floats): void {
    let index = 0;
    for (; index + 4 <= count; index += 4) {
      out.store4(index, Lanes.gradient(activation, y.load4(index), gradient.load4(index), alpha));
    }
    for (; index < count; index++) {
      const value = Lanes.gradient(activation, splat(y[index]), splat(gradient[index]), alpha);
      out[index] = f32x4.extract_lane(value, 0);
    }
  }
}

/** `out = f(x)`; `out` may be `x`. */
export function unary(operation: i32, count: i32, x: Floats, alpha: f32, out: Floats): void {
  if (operation == 1) Loop.unary(1, count, x, alpha, out);
  else if (operation == 2) Loop.unary(2, count, x, alpha, out);
  else if (operation == 3) Loop.unary(3, count, x, alpha, out);
  else if (operation == 4) Loop.unary(4, count, x, alpha, out);
  else if (operation == 5) Loop.unary(5, count, x, alpha, out);
  else if (operation == 6) Loop.unary(6, count, x, alpha, out);
  else if (operation == 7) Loop.unary(7, count, x, alpha, out);
  else if (operation == 8) Loop.unary(8, count, x, alpha, out);
  else if (operation == 9) Loop.unary(9, count, x, alpha, out);
  else if (operation == 10) Loop.unary(10, count, x, alpha, out);
}

/**
 * `out[row, column] = f(a, b)`. A factor that is the same in all rows has the row stride 0, one that is the same in all
 * columns the column stride 0; else they are its columns, and 1.
 */
export function binary(
  operation: i32,
  rows: i32,
  columns: i32,
  a: Floats,
  aRowStride: i32,
  aColumnStride: i32,
  b: Floats,
  bRowStride: i32,
  bColumnStride: i32,
  out: Floats,
): void {
  if (operation == 0) {
    Loop.binary(0, rows, columns, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, out);
  } else if (operation == 1) {
    Loop.binary(1, rows, columns, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, out);
  } else if (operation == 2) {
    Loop.binary(2, rows, columns, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, out);
  } else {
    Loop.binary(3, rows, columns, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, out);
  }
}

/** `out = f(x + bias)`, the same bias for each row, f one of the first six unary operations; `out` may be `x`. */
export function biasActivation(
  rows: i32,
  columns: i32,
  x: Floats,
  bias: Floats,
  activation: i32,
  alpha: f32,
  out: Floats,
): void {
  if (activation == 0) Loop.biasActivation(0, rows, columns, x, bias, alpha, out);
  else if (activation == 1) Loop.biasActivation(1, rows, columns, x, bias, alpha, out);
  else if (activation == 2) Loop.biasActivation(2, rows, columns, x, bias, alpha, out);
  else if (activation == 3) Loop.biasActivation(3, rows, columns, x, bias, alpha, out);
  else if (activation == 4) Loop.biasActivation(4, rows, columns, x, bias, alpha, out);
  else if (activation == 5) Loop.biasActivation(5, rows, columns, x, bias, alpha, out);
}

/** What follows a product, on its own result: a bias, which may be null, and an activation. */
export function finish(rows: i32, columns: i32, out: Floats, bias: Floats, activation: i32, alpha: f32): void {
  if (!bias.isNull) biasActivation(rows, columns, out, bias, activation, alpha, out);
  else if (activation != 0) unary(activation, rows * columns, out, alpha, out);
}

/**
 * The gradient before an activation from that after it: of a ReLU (1), sigmoid (3), hyperbolic tangent (4) or leaky ReLU
 * (5).
 *
 * @param y what the activation gave. For a leaky ReLU its input will do as well, and must where `alpha` is not above 0.
 */
export function activationGradient(
  activation: i32,
  count: i32,
  y: Floats,
  gradient: Floats,
  alpha: f32,
  out: Floats,
): void {
  if (activation == 1) Loop.gradient(1, count, y, gradient, alpha, out);
  else if (activation == 3) Loop.gradient(3, count, y, gradient, alpha, out);
  else if (activation == 4) Loop.gradient(4, count, y, gradient, alpha, out);
  else if (activation == 5) Loop.gradient(5, count, y, gradient, alpha, out);
}
