// A long short-term memory over a whole sequence. Row by row, `inside` holds the gates i f k o and the cell: 5 units.
import { multiply, packRight } from './gemm';
import { Floats, none, zero } from './memory';
import { addRecalled, addRows, loadLanes, loadState, recurrentGradient, storeLanes, sumRows } from './sequence';
import { multiplyAdd, sigmoid4, sigmoidSlope, tanh4, tanhSlope } from './vector';

/** One step of one sequence: the gates from what they have seen, the new cell, the new state. */
function step(units: i32, gates: Floats, cellBefore: Floats, state: Floats): void {
  const cell = gates.at(4 * units);
  for (let unit = 0; unit < units; unit += 4) {
    const lanes = min(4, units - unit);
    const i = sigmoid4(loadLanes(gates, unit, lanes));
    const f = sigmoid4(loadLanes(gates, units + unit, lanes));
    const k = tanh4(loadLanes(gates, 2 * units + unit, lanes));
    const o = sigmoid4(loadLanes(gates, 3 * units + unit, lanes));
    const c = multiplyAdd(f, loadState(cellBefore, unit, lanes), f32x4.mul(i, k));
    storeLanes(gates, unit, lanes, i);
    storeLanes(gates, units + unit, lanes, f);
    storeLanes(gates, 2 * units + unit, lanes, k);
    storeLanes(gates, 3 * units + unit, lanes, o);
    storeLanes(cell, unit, lanes, c);
    storeLanes(state, unit, lanes, f32x4.mul(o, tanh4(c)));
  }
}

/**
 * @param projected `[batch, time, 4 units]`, input times kernel.
 * @param hidden and `cell`: `[batch, units]` before the first step, or null for zeros.
 * @param packed scratch for `units` times `4 units` rounded up to 8.
 */
export function lstmForward(
  batch: i32,
  time: i32,
  units: i32,
  projected: Floats,
  recurrent: Floats,
  bias: Floats,
  hidden: Floats,
  cell: Floats,
  states: Floats,
  inside: Floats,
  packed: Floats,
): void {
  const gates = 4 * units;
  const width = 5 * units;
  packRight(units, gates, recurrent, gates, 1, packed);
  for (let t = 0; t < time; t++) {
    const now = inside.at(t * width);
    for (let row = 0; row < batch; row++) {
      addRows(gates, projected.at((row * time + t) * gates), bias, now.at(row * time * width));
    }
    const before = t > 0 ? states.at((t - 1) * units) : hidden;
    addRecalled(batch, units, gates, before, t > 0 ? time * units : units, packed, now, time * width);
    for (let row = 0; row < batch; row++) {
      const here = now.at(row * time * width);
      const given = cell.isNull ? none() : cell.at(row * units);
      step(units, here, t > 0 ? here.at(gates - width) : given, states.at((row * time + t) * units));
    }
  }
}

/**
 * One step of one sequence backward.
 *
 * @param dState and `dCell` what comes from the step after it; `dCell` is left as it goes to the step before it.
 * @param dGates takes the gradient by what the gates have seen.
 */
function stepBack(
  units: i32,
  gates: Floats,
  cellBefore: Floats,
  dy: Floats,
  dState: Floats,
  dCell: Floats,
  dGates: Floats,
): void {
  for (let unit = 0; unit < units; unit += 4) {
    const lanes = min(4, units - unit);
    const i = loadLanes(gates, unit, lanes);
    const f = loadLanes(gates, units + unit, lanes);
    const k = loadLanes(gates, 2 * units + unit, lanes);
    const o = loadLanes(gates, 3 * units + unit, lanes);
    const tanhCell = tanh4(loadLanes(gates, 4 * units + unit, lanes));
    const dh = f32x4.add(loadLanes(dy, unit, lanes), loadLanes(dState, unit, lanes));
    const dc = multiplyAdd(f32x4.mul(dh, o), tanhSlope(tanhCell), loadLanes(dCell, unit, lanes));
    const before = loadState(cellBefore, unit, lanes);
    storeLanes(dGates, unit, lanes, f32x4.mul(f32x4.mul(dc, k), sigmoidSlope(i)));
    storeLanes(dGates, units + unit, lanes, f32x4.mul(f32x4.mul(dc, before), sigmoidSlope(f)));
    storeLanes(dGates, 2 * units + unit, lanes, f32x4.mul(f32x4.mul(dc, i), tanhSlope(k)));
    storeLanes(dGates, 3 * units + unit, lanes, f32x4.mul(f32x4.mul(dh, tanhCell), sigmoidSlope(o)));
    storeLanes(dCell, unit, lanes, f32x4.mul(dc, f));
  }
}

/**
 * @param dProjected `[batch, time, 4 units]`
 * @param carried scratch, `[2, batch, units]`: what goes from step to step.
 * @param before scratch, `[batch, time, units]`.
 * @param packed scratch for the larger of `batch time` times `4 units` rounded up to 8 and `4 units` times `units`
 *   rounded up to 8.
 */
export function lstmBackward(
  batch: i32,
  time: i32,
  units: i32,
  recurrent: Floats,
  hidden: Floats,
  cell: Floats,
  states: Floats,
  inside: Floats,
  dy: Floats,
  dProjected: Floats,
  dRecurrent: Floats,
  dBias: Floats,
  carried: Floats,
  before: Floats,
  packed: Floats,
): void {
  const gates = 4 * units;
  const width = 5 * units;
  const dState = carried;
  const dCell = carried.at(batch * units);
  zero(2 * batch * units, carried);
  packRight(gates, units, recurrent, 1, gates, packed);
  for (let t = time - 1; t >= 0; t--) {
    for (let row = 0; row < batch; row++) {
      const place = row * time + t;
      const here = inside.at(place * width);
      const given = cell.isNull ? none() : cell.at(row * units);
      stepBack(
        units,
        here,
        t > 0 ? here.at(gates - width) : given,
        dy.at(place * units),
        dState.at(row * units),
        dCell.at(row * units),
        dProjected.at(place * gates),
      );
    }
    if (t > 0) multiply(batch, units, gates, dProjected.at(t * gates), time * gates, 1, packed, dState, units, false);
  }
  sumRows(batch * time, gates, dProjected, dBias);
  recurrentGradient(batch, time, units, gates, states, hidden, dProjected, dRecurrent, before, packed);
}
