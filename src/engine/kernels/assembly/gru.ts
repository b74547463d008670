// A gated recurrent unit over a whole sequence, the reset gate after the product. Row by row, `inside` holds the gates
// z r k and what the product gave the candidate, m: 4 units.
import { multiply, packRight } from './gemm';
import { Floats, none, zero } from './memory';
import { addRecalled, loadLanes, loadState, recurrentGradient, storeLanes, sumRows } from './sequence';
import { multiplyAdd, sigmoid4, sigmoidSlope, splat, tanh4, tanhSlope } from './vector';

/** One step of one sequence. `products` holds state times recurrent weights. */
function step(
  units: i32,
  projected: Floats,
  products: Floats,
  bias: Floats,
  stateBefore: Floats,
  gates: Floats,
  state: Floats,
): void {
  for (let unit = 0; unit < units; unit += 4) {
    const lanes = min(4, units - unit);
    const second = units + unit;
    const third = 2 * units + unit;
    const seenZ = f32x4.add(loadLanes(projected, unit, lanes), loadLanes(bias, unit, lanes));
    const seenR = f32x4.add(loadLanes(projected, second, lanes), loadLanes(bias, second, lanes));
    const seenK = f32x4.add(loadLanes(projected, third, lanes), loadLanes(bias, third, lanes));
    const d = bias.at(3 * units);
    const hz = f32x4.add(loadLanes(products, unit, lanes), loadLanes(d, unit, lanes));
    const hr = f32x4.add(loadLanes(products, second, lanes), loadLanes(d, second, lanes));
    const m = f32x4.add(loadLanes(products, third, lanes), loadLanes(d, third, lanes));
    const z = sigmoid4(f32x4.add(seenZ, hz));
    const r = sigmoid4(f32x4.add(seenR, hr));
    const k = tanh4(multiplyAdd(r, m, seenK));
    storeLanes(gates, unit, lanes, z);
    storeLanes(gates, second, lanes, r);
    storeLanes(gates, third, lanes, k);
    storeLanes(gates, 3 * units + unit, lanes, m);
    const change = f32x4.sub(loadState(stateBefore, unit, lanes), k);
    storeLanes(state, unit, lanes, multiplyAdd(z, change, k));
  }
}

/**
 * @param projected `[batch, time, 3 units]`, input times kernel.
 * @param bias `[2, 3 units]`
 * @param hidden `[batch, units]` before the first step, or null for zeros.
 * @param products scratch, `[batch, 3 units]`.
 * @param packed scratch for `units` times `3 units` rounded up to 8.
 */
export function gruForward(
  batch: i32,
  time: i32,
  units: i32,
  projected: Floats,
  recurrent: Floats,
  bias: Floats,
  hidden: Floats,
  states: Floats,
  inside: Floats,
  products: Floats,
  packed: Floats,
): void {
  const gates = 3 * units;
  packRight(units, gates, recurrent, gates, 1, packed);
  for (let t = 0; t < time; t++) {
    const before = t > 0 ? states.at((t - 1) * units) : hidden;
    const stride = t > 0 ? time * units : units;
    zero(batch * gates, products);
    addRecalled(batch, units, gates, before, stride, packed, products, gates);
    for (let row = 0; row < batch; row++) {
      const place = row * time + t;
      step(
        units,
        projected.at(place * gates),
        products.at(row * gates),
        bias,
        before.isNull ? none() : before.at(row * stride),
        inside.at(place * 4 * units),
        states.at(place * units),
      );
    }
  }
}

/**
 * One step of one sequence backward.
 *
 * @param dState what comes from the step after it; what goes past the gates to the step before it is left there.
 * @param dGates takes the gradient by what the gates have seen, `dProducts` that by state times recurrent weights.
 */
function stepBack(
  units: i32,
  gates: Floats,
  stateBefore: Floats,
  dy: Floats,
  dState: Floats,
  dGates: Floats,
  dProducts: Floats,
): void {
  for (let unit = 0; unit < units; unit += 4) {
    const lanes = min(4, units - unit);
    const second = units + unit;
    const third = 2 * units + unit;
    const z = loadLanes(gates, unit, lanes);
    const r = loadLanes(gates, second, lanes);
    const k = loadLanes(gates, third, lanes);
    const m = loadLanes(gates, 3 * units + unit, lanes);
    const dh = f32x4.add(loadLanes(dy, unit, lanes), loadLanes(dState, unit, lanes));
    const dk = f32x4.mul(f32x4.mul(dh, f32x4.sub(splat(1), z)), tanhSlope(k));
    const change = f32x4.sub(loadState(stateBefore, unit, lanes), k);
    const dz = f32x4.mul(f32x4.mul(dh, change), sigmoidSlope(z));
    const dr = f32x4.mul(f32x4.mul(dk, m), sigmoidSlope(r));
    storeLanes(dGates, unit, lanes, dz);
    storeLanes(dGates, second, lanes, dr);
    storeLanes(dGates, third, lanes, dk);
    storeLanes(dProducts, unit, lanes, dz);
    storeLanes(dProducts, second, lanes, dr);
    storeLanes(dProducts, third, lanes, f32x4.mul(dk, r));
    storeLanes(dState, unit, lanes, f32x4.mul(dh, z));
  }
}

/**
 * @param dProjected `[batch, time, 3 units]`
 * @param dState scratch, `[batch, units]`: what goes from step to step.
 * @param dProducts scratch, `[batch, time, 3 units]`.
 * @param before scratch, `[batch, time, units]`.
 * @param packed scratch for the larger of `batch time` times `3 units` rounded up to 8 and `3 units` times `units`
 *   rounded up to 8.
 */
export function gruBackward(
  batch: i32,
  time: i32,
  units: i32,
  recurrent: Floats,
  hidden: Floats,
  states: Floats,
  inside: Floats,
  dy: Floats,
  dProjected: Floats,
  dRecurrent: Floats,
  dBias: Floats,
  dState: Floats,
  dProducts: Floats,
  before: Floats,
  packed: Floats,
): void {
  const gates = 3 * units;
  zero(batch * units, dState);
  packRight(gates, units, recurrent, 1, gates, packed);
  for (let t = time - 1; t >= 0; t--) {
    for (let row = 0; row < batch; row++) {
      const place = row * time + t;
      const given = hidden.isNull ? none() : hidden.at(row * units);
      stepBack(
        units,
        inside.at(place * 4 * units),
        t > 0 ? states.at((place - 1) * units) : given,
        dy.at(place * units),
        dState.at(row * units),
        dProjected.at(place * gates),
        dProducts.at(place * gates),
      );
    }
    if (t > 0) multiply(batch, units, gates, dProducts.at(t * gates), time * gates, 1, packed, dState, units, true);
  }
  sumRows(batch * time, gates, dProjected, dBias);
  sumRows(batch * time, gates, dProducts, dBias.at(gates));
  recurrentGradient(batch, time, units, gates, states, hidden, dProducts, dRecurrent, before, packed);
}
