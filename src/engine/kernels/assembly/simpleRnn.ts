// A plain recurrent network over a whole sequence. The activation is 0 for tanh, 1 for ReLU, 2 for the sigmoid.
import { multiply, packRight } from './gemm';
import { Floats, zero } from './memory';
import { addRecalled, addRows, loadLanes, recurrentGradient, storeLanes, sumRows } from './sequence';
import { sigmoid4, sigmoidSlope, splat, tanh4, tanhSlope } from './vector';

function activate(activation: i32, x: v128): v128 {
  if (activation == 0) return tanh4(x);
  return activation == 1 ? f32x4.max(x, splat(0)) : sigmoid4(x);
}

/** From the value. */
function slope(activation: i32, y: v128): v128 {
  if (activation == 0) return tanhSlope(y);
  return activation == 1 ? v128.and(f32x4.gt(y, splat(0)), splat(1)) : sigmoidSlope(y);
}

/**
 * @param projected `[batch, time, units]`, input times kernel.
 * @param hidden `[batch, units]` before the first step, or null for zeros.
 * @param packed scratch for `units` times `units` rounded up to 8.
 */
export function simpleRnnForward(
  activation: i32,
  batch: i32,
  time: i32,
  units: i32,
  projected: Floats,
  recurrent: Floats,
  bias: Floats,
  hidden: Floats,
  states: Floats,
  packed: Floats,
): void {
  packRight(units, units, recurrent, units, 1, packed);
  for (let t = 0; t < time; t++) {
    const now = states.at(t * units);
    for (let row = 0; row < batch; row++) {
      addRows(units, projected.at((row * time + t) * units), bias, now.at(row * time * units));
    }
    const before = t > 0 ? states.at((t - 1) * units) : hidden;
    addRecalled(batch, units, units, before, t > 0 ? time * units : units, packed, now, time * units);
    for (let row = 0; row < batch; row++) {
      const state = now.at(row * time * units);
      for (let unit = 0; unit < units; unit += 4) {
        const lanes = min(4, units - unit);
        storeLanes(state, unit, lanes, activate(activation, loadLanes(state, unit, lanes)));
      }
    }
  }
}

/**
 * @param dProjected `[batch, time, units]`
 * @param dState scratch, `[batch, units]`: what goes from step to step.
 * @param before scratch, `[batch, time, units]`.
 * @param packed scratch for the larger of `batch time` and `units`, times `units` rounded up to 8.
 */
export function simpleRnnBackward(
  activation: i32,
  batch: i32,
  time: i32,
  units: i32,
  recurrent: Floats,
  hidden: Floats,
  states: Floats,
  dy: Floats,
  dProjected: Floats,
  dRecurrent: Floats,
  dBias: Floats,
  dState: Floats,
  before: Floats,
  packed: Floats,
): void {
  zero(batch * units, dState);
  packRight(units, units, recurrent, 1, units, packed);
  for (let t = time - 1; t >= 0; t--) {
    for (let row = 0; row < batch; row++) {
      const place = (row * time + t) * units;
      for (let unit = 0; unit < units; unit += 4) {
        const lanes = min(4, units - unit);
        const carried = loadLanes(dState, row * units + unit, lanes);
        const dh = f32x4.add(loadLanes(dy, place + unit, lanes), carried);
        const y = loadLanes(states, place + unit, lanes);
        storeLanes(dProjected, place + unit, lanes, f32x4.mul(dh, slope(activation, y)));
      }
    }
    if (t > 0) multiply(batch, units, units, dProjected.at(t * units), time * units, 1, packed, dState, units, false);
  }
  sumRows(batch * time, units, dProjected, dBias);
  recurrentGradient(batch, time, units, units, states, hidden, dProjected, dRecurrent, before, packed);
}
