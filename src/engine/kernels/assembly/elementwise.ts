// Functions of each number by itself, and of rows. `activation`: 0 none, 1 ReLU, 2 ReLU up to 6, 3 sigmoid, 4 hyperbolic
// tangent, 5 leaky ReLU with the slope `alpha` below 0.
import { Floats } from './memory';
import { sigmoid4, splat, tanh4 } from './vector';

function activate4(x: v128, activation: i32, alpha: f32): v128 {
  if (activation == 1) return f32x4.max(x, splat(0));
  if (activation == 2) return f32x4.min(f32x4.max(x, splat(0)), splat(6));
  if (activation == 3) return sigmoid4(x);
  if (activation == 4) return tanh4(x);
  if (activation == 5) return v128.bitselect(f32x4.mul(x, splat(alpha)), x, f32x4.lt(x, splat(0)));
  return x;
}

/** `out = f(x)`; `out` may be `x`. */
export function activate(count: i32, x: Floats, activation: i32, alpha: f32, out: Floats): void {
  let index = 0;
  for (; index + 4 <= count; index += 4) out.store4(index, activate4(x.load4(index), activation, alpha));
  for (; index < count; index++) {
    out[index] = f32x4.extract_lane(activate4(splat(x[index]), activation, alpha), 0);
  }
}

/** `out = f(x + bias)`, the same bias for each row; `out` may be `x`. */
export function biasActivation(
  rows: i32,
  columns: i32,
  x: Floats,
  bias: Floats,
  activation: i32,
  alpha: f32,
  out: Floats,
): void {
  for (let row = 0; row < rows; row++) {
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      const sum = f32x4.add(x.load4(column), bias.load4(column));
      out.store4(column, activate4(sum, activation, alpha));
    }
    for (; column < columns; column++) {
      out[column] = f32x4.extract_lane(activate4(splat(x[column] + bias[column]), activation, alpha), 0);
    }
    x = x.at(columns);
    out = out.at(columns);
  }
}

/** What follows a product, on its own result: a bias, which may be null, and an activation. */
export function finish(rows: i32, columns: i32, out: Floats, bias: Floats, activation: i32, alpha: f32): void {
  if (!bias.isNull) biasActivation(rows, columns, out, bias, activation, alpha, out);
  else if (activation != 0) activate(rows * columns, out, activation, alpha, out);
}
