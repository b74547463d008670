import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { declare, looksBack, productColumn, times } from './cells.ts';
import type { Cell } from './cells.ts';

/** How many units a workgroup takes at a time. */
const WIDEST = 256;

/** Which states before the first step are given; the others are zeros. */
export type Given = Readonly<{ hidden: boolean; cell: boolean }>;

const squash = `
  fn logistic(x : f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
  fn hyperbolic(x : f32) -> f32 { let e = exp(-2.0 * abs(x)); return sign(x) * (1.0 - e) / (1.0 + e); }`;

/** A workgroup a sequence of the batch; its threads share the units. */
function program(
  key: string,
  units: number,
  outputShape: number[],
  variableNames: string[],
  code: string,
): WebGPUProgram {
  const threads = Math.min(units, WIDEST);
  return {
    shaderKey: `${key}-${units}-${variableNames.join()}`,
    variableNames,
    outputShape,
    workgroupSize: [threads, 1, 1],
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [outputShape[0] ?? 0, 1, 1],
    getUserCode: () => `
      const U = ${units};
      const THREADS = ${threads};
      const TURNS = ${Math.ceil(units / threads)};
      ${squash}
      ${code}`,
  };
}

/** Runs `code` for each unit `j` of this thread; `turn` counts them. */
const eachUnit = (code: string) => `
  for (var turn = 0; turn < TURNS; turn++) {
    let j = turn * THREADS + i32(localId.x);
    if (j < U) {
      ${code}
    }
  }`;

/**
 * The whole sequence in one dispatch: the state is shared by the workgroup, which waits between steps; each thread keeps
 * the cells of its units.
 *
 * @param shape `[batch, time, row's columns]`, what it writes.
 */
export function forwardProgram(cell: Cell, units: number, shape: number[], given: Given): WebGPUProgram {
  const { gates, biasRows, row } = cell;
  const names = ['projected', 'recurrent', 'bias'];
  if (given.hidden) names.push('hidden');
  if (given.cell) names.push('cells');
  const ownBias = (gate: number) => (biasRows === 2 ? ` + bias[${gates + gate} * U + j]` : '');
  const step = `
    ${times(gates, (gate) => `var y${gate} = 0.0;`)}
    for (var source = 0; source < U; source++) {
      let state = statesNow[source];
      ${times(gates, (gate) => `y${gate} += state * recurrent[(source * ${gates} + ${gate}) * U + j];`)}
    }
    ${times(gates, (gate) => `y${gate} = y${gate}${ownBias(gate)};`)}
    ${times(gates, (gate) => `let x${gate} = projected[(place * ${gates} + ${gate}) * U + j] + bias[${gate} * U + j];`)}
    let stateBefore = statesNow[j];
    let cellBefore = cellStates[turn];
    ${declare(cell.forward, 'let')}
    ${row.includes('c') ? 'cellStates[turn] = c;' : ''}
    next[turn] = h;
    ${row.map((name, column) => `result[(place * ${row.length} + ${column}) * U + j] = ${name};`).join('\n')}`;
  const code = `
    var<workgroup> statesNow : array<f32, U>;
    fn main(index : i32) {
      let batchRow = i32(workgroupId.x);
      let time = uniforms.projectedShape.y;
      var cellStates : array<f32, TURNS>;
      var next : array<f32, TURNS>;
      ${eachUnit(`
        statesNow[j] = ${given.hidden ? 'hidden[batchRow * U + j]' : '0.0'};
        cellStates[turn] = ${given.cell ? 'cells[batchRow * U + j]' : '0.0'};`)}
      workgroupBarrier();
      for (var t = 0; t < time; t++) {
        let place = batchRow * time + t;
        ${eachUnit(step)}
        workgroupBarrier();
        ${eachUnit('statesNow[j] = next[turn];')}
        workgroupBarrier();
      }
    }`;
  return program(`${cell.key}-forward`, units, shape, names, code);
}

/**
 * The way back in one dispatch: the gradients of a step's products are shared by the workgroup.
 *
 * @param shape `[batch, time, backwardRow's columns]`, what it writes.
 */
export function backwardProgram(cell: Cell, units: number, shape: number[], given: Given): WebGPUProgram {
  const { gates, row, backwardRow, carried, lastProduct } = cell;
  const names = ['recurrent', 'inside', 'dy'];
  const needsHidden = given.hidden && looksBack(cell, 'stateBefore');
  if (needsHidden) names.push('hidden');
  if (given.cell) names.push('cells');
  const before = (column: number, first: string) =>
    `select(${first}, inside[((place - 1) * ${row.length} + ${column}) * U + j], t > 0)`;
  const step = `
    ${times(row.length, (column) => `let ${row[column] ?? ''} = inside[(place * ${row.length} + ${column}) * U + j];`)}
    let stateBefore = ${before(row.length - 1, needsHidden ? 'hidden[batchRow * U + j]' : '0.0')};
    let cellBefore = ${before(Math.max(0, row.indexOf('c')), given.cell ? 'cells[batchRow * U + j]' : '0.0')};
    let dh = dy[place * U + j] + dStates[turn];
    let dc = dCells[turn];
    ${declare(cell.backward, 'let')}
    ${backwardRow.map((name, column) => `result[(place * ${backwardRow.length} + ${column}) * U + j] = ${name};`).join('\n')}
    ${times(gates, (gate) => `products[${gate} * U + j] = ${backwardRow[gate === gates - 1 ? lastProduct : gate] ?? ''};`)}
    dStates[turn] = ${carried.state === undefined ? '0.0' : (backwardRow[carried.state] ?? '')};
    dCells[turn] = ${carried.cell === undefined ? '0.0' : (backwardRow[carried.cell] ?? '')};`;
  const code = `
    var<workgroup> products : array<f32, ${gates} * U>;
    fn main(index : i32) {
      let batchRow = i32(workgroupId.x);
      let time = uniforms.dyShape.y;
      var dStates : array<f32, TURNS>;
      var dCells : array<f32, TURNS>;
      for (var t = time - 1; t >= 0; t--) {
        let place = batchRow * time + t;
        ${eachUnit(step)}
        workgroupBarrier();
        ${eachUnit(`
          var sum = dStates[turn];
          for (var n = 0; n < ${gates} * U; n++) { sum += products[n] * recurrent[j * ${gates} * U + n]; }
          dStates[turn] = sum;`)}
        workgroupBarrier();
      }
    }`;
  return program(`${cell.key}-backward`, units, shape, names, code);
}

/**
 * The gradients by recurrent weights, `[units, gates units]`, and below them by the biases: a thread a number.
 */
export function weightsProgram(cell: Cell, units: number, hasHidden: boolean): WebGPUProgram {
  const { gates, biasRows, row, backwardRow } = cell;
  const columns = gates * units;
  const shape = [units + biasRows, columns];
  const names = ['inside', 'gradients', ...(hasHidden ? ['hidden'] : [])];
  return {
    shaderKey: `${cell.key}-weights-${units}-${names.join()}`,
    variableNames: names,
    outputShape: shape,
    workgroupSize: [64, 1, 1],
    dispatchLayout: { x: [0, 1] },
    dispatch: [Math.ceil(((units + biasRows) * columns) / 64), 1, 1],
    getUserCode: () => `
      const U = ${units};
      fn stateBefore(place : i32, batchRow : i32, t : i32, source : i32) -> f32 {
        if (t > 0) { return inside[(place - 1) * ${row.length} * U + ${row.length - 1} * U + source]; }
        return ${hasHidden ? 'hidden[batchRow * U + source]' : '0.0'};
      }
      fn main(index : i32) {
        let source = index / ${columns};
        let n = index % ${columns};
        if (source >= U + ${biasRows}) { return; }
        let column = select(${productColumn(cell, units)}, n, source == U);
        let batch = uniforms.gradientsShape.x;
        let time = uniforms.gradientsShape.y;
        var sum = 0.0;
        for (var batchRow = 0; batchRow < batch; batchRow++) {
          for (var t = 0; t < time; t++) {
            let place = batchRow * time + t;
            let gradient = gradients[place * ${backwardRow.length} * U + column];
            if (source < U) { sum += stateBefore(place, batchRow, t, source) * gradient; } else { sum += gradient; }
          }
        }
        result[index] = sum;
      }`,
  };
}
