import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
import { declare, looksBack, productColumn, times } from './cells.ts';
import type { Cell } from './cells.ts';
import type { Sizes } from './sequences.ts';

/** Which inputs there are, by name. */
type Present = Readonly<Record<string, unknown>>;

const squash = `
  float logistic(float x) { return 1.0 / (1.0 + exp(-x)); }
  float hyperbolic(float x) { float e = exp(-2.0 * abs(x)); return sign(x) * (1.0 - e) / (1.0 + e); }`;

/** The name that the part of a row at `part` stands for. */
function choose(names: readonly string[]): string {
  return names.reduceRight((rest, name, part) => `part == ${part} ? ${name} : ${rest}`);
}

/**
 * One time step: `[batch, 1, row's columns]`. Each number of a row computes what it needs by itself.
 *
 * @param present `before`: the row of the step before; at the first step it is not there, `hidden` and `cells` may be.
 */
export function forwardProgram(cell: Cell, batch: number, units: number, present: Present): GPGPUProgram {
  const { gates, biasRows, row } = cell;
  const names = ['projected', 'recurrent', 'bias'];
  if (present.before) names.push('before');
  else names.push(...['hidden', 'cells'].filter((name) => present[name]));
  const state = (unit: string) => {
    if (present.before) return `getBefore(sequence, 0, ${(row.length - 1) * units} + ${unit})`;
    return present.hidden ? `getHidden(sequence, ${unit})` : '0.0';
  };
  const cellBefore = present.before
    ? `getBefore(sequence, 0, ${Math.max(0, row.indexOf('c')) * units} + j)`
    : present.cells
      ? 'getCells(sequence, j)'
      : '0.0';
  const bias = (line: number, gate: number) => `getBias(${biasRows === 2 ? `${line}, ` : ''}${gate * units} + j)`;
  return {
    variableNames: names,
    outputShape: [batch, 1, row.length * units],
    customUniforms: [{ name: 't', type: 'int' }],
    userCode: `
      ${squash}
      void main() {
        ivec3 place = getOutputCoords();
        int sequence = place.x;
        int part = place.z / ${units};
        int j = place.z - part * ${units};
        ${times(gates, (gate) => `float y${gate} = ${biasRows === 2 ? bias(1, gate) : '0.0'};`)}
        for (int source = 0; source < ${units}; source++) {
          float state = ${state('source')};
          ${times(gates, (gate) => `y${gate} += state * getRecurrent(source, ${gate * units} + j);`)}
        }
        ${times(gates, (gate) => `float x${gate} = getProjected(sequence, t, ${gate * units} + j) + ${bias(0, gate)};`)}
        float stateBefore = ${state('j')};
        float cellBefore = ${cellBefore};
        ${declare(cell.forward, 'float')}
        setOutput(${choose(row)});
      }`,
  };
}

/**
 * One time step back: `[batch, 1, backwardRow's columns]`.
 *
 * @param present `after`: the backward row of the step after; at the last step it is not there.
 */
export function backwardProgram(cell: Cell, batch: number, units: number, present: Present): GPGPUProgram {
  const { gates, row, backwardRow, carried } = cell;
  const names = ['recurrent', 'inside', 'dy'];
  if (present.after) names.push('after');
  const needsHidden = present.hidden && looksBack(cell, 'stateBefore');
  if (needsHidden) names.push('hidden');
  if (present.cells) names.push('cells');
  const before = (part: number, first: string) => `t > 0 ? getInside(sequence, t - 1, ${part * units} + j) : ${first}`;
  const after = (column: number | undefined) =>
    present.after && column !== undefined ? `getAfter(sequence, 0, ${column * units} + j)` : '0.0';
  const products = `
    for (int n = 0; n < ${gates * units}; n++) {
      dh += getAfter(sequence, 0, ${productColumn(cell, units)}) * getRecurrent(j, n);
    }`;
  return {
    variableNames: names,
    outputShape: [batch, 1, backwardRow.length * units],
    customUniforms: [{ name: 't', type: 'int' }],
    userCode: `
      ${squash}
      void main() {
        ivec3 place = getOutputCoords();
        int sequence = place.x;
        int part = place.z / ${units};
        int j = place.z - part * ${units};
        ${times(row.length, (part) => `float ${row[part] ?? ''} = getInside(sequence, t, ${part * units} + j);`)}
        float stateBefore = ${before(row.length - 1, needsHidden ? 'getHidden(sequence, j)' : '0.0')};
        float cellBefore = ${before(Math.max(0, row.indexOf('c')), present.cells ? 'getCells(sequence, j)' : '0.0')};
        float dh = getDy(sequence, t, j) + ${after(carried.state)};
        float dc = ${after(carried.cell)};
        ${present.after ? products : ''}
        ${declare(cell.backward, 'float')}
        setOutput(${choose(backwardRow)});
      }`,
  };
}

/** The gradients by recurrent weights, `[units, gates units]`, or by the biases, one row for each. */
export function weightsProgram(
  cell: Cell,
  { batch, time, units }: Sizes,
  of: 'recurrent' | 'bias',
  present: Present,
): GPGPUProgram {
  const { gates, biasRows, row } = cell;
  const names = of === 'bias' ? ['gradients'] : ['gradients', 'inside', ...(present.hidden ? ['hidden'] : [])];
  const first = present.hidden ? 'getHidden(sequence, source)' : '0.0';
  const state = `(t > 0 ? getInside(sequence, t - 1, ${(row.length - 1) * units} + source) : ${first})`;
  const product = productColumn(cell, units);
  return {
    variableNames: names,
    outputShape: [of === 'bias' ? biasRows : units, gates * units],
    userCode: `
      void main() {
        ivec2 place = getOutputCoords();
        int source = place.x;
        int n = place.y;
        int column = ${of === 'bias' ? `source == 0 ? n : ${product}` : product};
        float sum = 0.0;
        for (int sequence = 0; sequence < ${batch}; sequence++) {
          for (int t = 0; t < ${time}; t++) {
            sum += ${of === 'bias' ? '' : `${state} * `}getGradients(sequence, t, column);
          }
        }
        setOutput(sum);
      }`,
  };
}

/** Stretches of time one after the other: `[batch, steps, width]` with these numbers of steps. */
export function joinProgram(stretches: readonly number[], batch: number, width: number): GPGPUProgram {
  let end = 0;
  const lines = stretches.map((steps, place) => {
    const start = end;
    end += steps;
    return `if (place.y < ${end}) { setOutput(getPart${place}(place.x, place.y - ${start}, place.z)); return; }`;
  });
  return {
    variableNames: stretches.map((_, place) => `part${place}`),
    outputShape: [batch, end, width],
    userCode: `
      void main() {
        ivec3 place = getOutputCoords();
        ${lines.join('\n')}
      }`,
  };
}

/** `width` columns of `[batch, time, …]` from `first` on. */
export function columnsProgram(shape: readonly number[], first: number, width: number): GPGPUProgram {
  return {
    variableNames: ['x'],
    outputShape: [...shape.slice(0, 2), width],
    userCode: `
      void main() {
        ivec3 place = getOutputCoords();
        setOutput(getX(place.x, place.y, place.z + ${first}));
      }`,
  };
}
