// One update of one variable by each optimizer, into new memory. Each operation rounds as tfjs's own does, one by one, so
// that the new weights equal those of plain operations to the last bit: products and sums are never fused.
import { Floats } from './memory';
import { splat } from './vector';

/** `mean + (1 - decay) (x - mean)` */
function movingMean(mean: v128, x: v128, rest: v128): v128 {
  return f32x4.add(mean, f32x4.mul(f32x4.sub(x, mean), rest));
}

/** `rate x / (sqrt(meanSquare) + epsilon)`, divided first. */
function scaled(x: v128, meanSquare: v128, rate: v128, epsilon: v128): v128 {
  return f32x4.mul(f32x4.div(x, f32x4.add(f32x4.sqrt(meanSquare), epsilon)), rate);
}

/** Numbers of the tail go through lane 0. */
function one(source: Floats, index: i32): v128 {
  return splat(source[index]);
}

function storeOne(target: Floats, index: i32, value: v128): void {
  target[index] = f32x4.extract_lane(value, 0);
}

/** @param settings rate and epsilon. */
export function updateBySgd(count: i32, settings: Floats, weight: Floats, gradient: Floats, newWeight: Floats): void {
  const rate = splat(settings[0]);
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    newWeight.store4(index, f32x4.sub(weight.load4(index), f32x4.mul(gradient.load4(index), rate)));
  }
  for (; index < count; index++) newWeight[index] = weight[index] - gradient[index] * settings[0];
}

/** @param settings rate and epsilon. */
export function updateByMomentum(
  count: i32,
  settings: Floats,
  weight: Floats,
  gradient: Floats,
  velocity: Floats,
  newWeight: Floats,
  newVelocity: Floats,
): void {
  const rate = splat(settings[0]);
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    const next = f32x4.add(f32x4.mul(velocity.load4(index), splat(0.9)), gradient.load4(index));
    newVelocity.store4(index, next);
    newWeight.store4(index, f32x4.sub(weight.load4(index), f32x4.mul(next, rate)));
  }
  for (; index < count; index++) {
    const next: f32 = velocity[index] * 0.9 + gradient[index];
    newVelocity[index] = next;
    newWeight[index] = weight[index] - next * settings[0];
  }
}

/** @param settings rate and epsilon. */
export function updateByRmsprop(
  count: i32,
  settings: Floats,
  weight: Floats,
  gradient: Floats,
  meanSquare: Floats,
  newWeight: Floats,
  newMeanSquare: Floats,
): void {
  const rate = splat(settings[0]);
  const epsilon = splat(settings[1]);
  const rest = splat(0.1);
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    const g = gradient.load4(index);
    const s = movingMean(meanSquare.load4(index), f32x4.mul(g, g), rest);
    newMeanSquare.store4(index, s);
    newWeight.store4(index, f32x4.sub(weight.load4(index), scaled(g, s, rate, epsilon)));
  }
  for (; index < count; index++) {
    const g = one(gradient, index);
    const s = movingMean(one(meanSquare, index), f32x4.mul(g, g), rest);
    storeOne(newMeanSquare, index, s);
    storeOne(newWeight, index, f32x4.sub(one(weight, index), scaled(g, s, rate, epsilon)));
  }
}

/** @param settings rate and epsilon, corrected for the step. */
export function updateByAdam(
  count: i32,
  settings: Floats,
  weight: Floats,
  gradient: Floats,
  mean: Floats,
  meanSquare: Floats,
  newWeight: Floats,
  newMean: Floats,
  newMeanSquare: Floats,
): void {
  const rate = splat(settings[0]);
  const epsilon = splat(settings[1]);
  const rest = splat(0.1);
  const squareRest = splat(0.001);
  let index = 0;
  for (; index + 4 <= count; index += 4) {
    const g = gradient.load4(index);
    const m = movingMean(mean.load4(index), g, rest);
    const s = movingMean(meanSquare.load4(index), f32x4.mul(g, g), squareRest);
    newMean.store4(index, m);
    newMeanSquare.store4(index, s);
    newWeight.store4(index, f32x4.sub(weight.load4(index), scaled(m, s, rate, epsilon)));
  }
  for (; index < count; index++) {
    const g = one(gradient, index);
    const m = movingMean(one(mean, index), g, rest);
    const s = movingMean(one(meanSquare, index), f32x4.mul(g, g), squareRest);
    storeOne(newMean, index, m);
    storeOne(newMeanSquare, index, s);
    storeOne(newWeight, index, f32x4.sub(one(weight, index), scaled(m, s, rate, epsilon)));
  }
}
