// Arithmetic on four numbers at once. A scalar tail that must round as the lanes do takes lane 0 of the same function.

export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** `a b + c`, rounded once where the build has relaxed SIMD, twice where it has not. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The sum of the four lanes, in pairs. */
export function sumOfLanes(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3));
}

/** Added to a number of at most 2^22, it leaves the nearest whole number in the last bits: 1.5 * 2^23. */
const ROUNDING: f32 = 12582912;

/**
 * The exponential, within 2 units in the last place for x in [-87, 88] and constant beyond: x = n ln 2 + r, and a
 * polynomial in r.
 *
 * @see Cephes, expf.c.
 */
export function exponential4(x: v128): v128 {
  const inside = f32x4.pmin(f32x4.pmax(x, splat(-87)), splat(88));
  const biased = multiplyAdd(inside, splat(1.44269504), splat(ROUNDING + 127));
  const n = f32x4.sub(biased, splat(ROUNDING + 127));
  return f32x4.mul(exponentialOfRest(inside, n), i32x4.shl(biased, 23));
}

/** The same for every x: 0 far below, infinity far above. */
export function wholeExponential4(x: v128): v128 {
  const inside = f32x4.pmin(f32x4.pmax(x, splat(-105)), splat(90));
  const rounded = multiplyAdd(inside, splat(1.44269504), splat(ROUNDING));
  const n = f32x4.sub(rounded, splat(ROUNDING));
  // In two steps, because the power alone may be out of range.
  const power = i32x4.sub(rounded, splat(ROUNDING));
  const half = i32x4.shr_s(power, 1);
  const value = f32x4.mul(exponentialOfRest(inside, n), powerOfTwo(half));
  return f32x4.mul(value, powerOfTwo(i32x4.sub(power, half)));
}

/** The exponential of `x - n ln 2`, which is at most half of ln 2 from 0. */
function exponentialOfRest(x: v128, n: v128): v128 {
  let r = multiplyAdd(n, splat(-0.693359375), x);
  r = multiplyAdd(n, splat(2.1219444e-4), r);
  let p = splat(1.98756915e-4);
  p = multiplyAdd(p, r, splat(1.3981999507e-3));
  p = multiplyAdd(p, r, splat(8.3334519073e-3));
  p = multiplyAdd(p, r, splat(4.1665795894e-2));
  p = multiplyAdd(p, r, splat(1.6666665459e-1));
  p = multiplyAdd(p, r, splat(5.0000001201e-1));
  return multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, splat(1)));
}

/** For n in [-126, 127], by its bits. */
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

export function sigmoid4(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exponential4(f32x4.neg(x))));
}

/**
 * The hyperbolic tangent, within 5 units in the last place: an odd polynomial over an even one, right to the last
 * digits for tiny x too, where 2 sigmoid(2x) - 1 cancels.
 *
 * @see Eigen, generic_fast_tanh_float.
 */
export function tanh4(x: v128): v128 {
  const inside = f32x4.pmin(f32x4.pmax(x, splat(-7.90531110763549805)), splat(7.90531110763549805));
  const square = f32x4.mul(inside, inside);
  let above = splat(-2.76076847742355e-16);
  above = multiplyAdd(above, square, splat(2.00018790482477e-13));
  above = multiplyAdd(above, square, splat(-8.60467152213735e-11));
  above = multiplyAdd(above, square, splat(5.12229709037114e-8));
  above = multiplyAdd(above, square, splat(1.48572235717979e-5));
  above = multiplyAdd(above, square, splat(6.37261928875436e-4));
  above = multiplyAdd(above, square, splat(4.89352455891786e-3));
  let below = splat(1.19825839466702e-6);
  below = multiplyAdd(below, square, splat(1.18534705686654e-4));
  below = multiplyAdd(below, square, splat(2.268434632439e-3));
  below = multiplyAdd(below, square, splat(4.89352518554385e-3));
  const value = f32x4.div(f32x4.mul(inside, above), below);
  return f32x4.pmin(f32x4.pmax(value, splat(-1)), splat(1));
}

/** `y (1 - y)`: the slope of the sigmoid from its value. */
export function sigmoidSlope(y: v128): v128 {
  return f32x4.mul(y, f32x4.sub(splat(1), y));
}

/** `1 - y²`: the slope of the hyperbolic tangent from its value. */
export function tanhSlope(y: v128): v128 {
  return f32x4.sub(splat(1), f32x4.mul(y, y));
}
