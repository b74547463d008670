/**
 * Recurrent layers in plain float64, one number at a time, from the equations as Keras and PyTorch document them (they
 * agree but for the order of the GRU's gates): what the book's layers are compared with.
 */

export type Layer = 'lstm' | 'gru' | 'tanh' | 'relu' | 'sigmoid';

export interface Sequence {
  batch: number;
  time: number;
  features: number;
  units: number;
}

/** What a layer computes with, each in row-major order, shaped as in `shapesOf`. */
export type Given = Record<'x' | 'kernel' | 'recurrent' | 'bias', Float64Array> &
  Partial<Record<'hidden' | 'cell', Float64Array>> & {
    /** `[batch, time, units]`, added to a state as soon as it is known: to find the gradient by it. */
    nudge?: Partial<Record<'hiddenState' | 'cellState', Float64Array>>;
  };

export const gatesOf = (layer: Layer) => ({ lstm: 4, gru: 3, tanh: 1, relu: 1, sigmoid: 1 })[layer];

export function shapesOf(
  layer: Layer,
  { batch, time, features, units }: Sequence,
): Record<Exclude<keyof Given, 'nudge'>, number[]> {
  const columns = gatesOf(layer) * units;
  return {
    x: [batch, time, features],
    kernel: [features, columns],
    recurrent: [units, columns],
    bias: layer === 'gru' ? [2, columns] : [columns],
    hidden: [batch, units],
    cell: [batch, units],
  };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Everything that a trace names, each `[batch, time, units]`. */
export function reference(layer: Layer, size: Sequence, given: Given): Record<string, Float64Array> {
  const { batch, time, units } = size;
  const parts: Record<string, Float64Array> = {};
  for (let row = 0; row < batch; row += 1) {
    let h = Float64Array.from({ length: units }, (_, unit) => given.hidden?.[row * units + unit] ?? 0);
    let c = Float64Array.from({ length: units }, (_, unit) => given.cell?.[row * units + unit] ?? 0);
    for (let t = 0; t < time; t += 1) {
      const step = Array.from({ length: units }, (_, unit) => cell(layer, size, given, row, t, unit, h, c));
      h = Float64Array.from(step, (unit) => unit.hiddenState ?? Number.NaN);
      c = Float64Array.from(step, (unit) => unit.cellState ?? 0);
      step.forEach((unit, number) => {
        for (const [name, value] of Object.entries(unit)) {
          (parts[name] ??= new Float64Array(batch * time * units))[(row * time + t) * units + number] = value;
        }
      });
    }
  }
  return parts;
}

/** One unit at one step of one sequence. */
function cell(
  layer: Layer,
  size: Sequence,
  { x, kernel, recurrent, bias, nudge }: Given,
  row: number,
  t: number,
  unit: number,
  h: Float64Array,
  c: Float64Array,
): Record<string, number> {
  const { time, features, units } = size;
  const columns = gatesOf(layer) * units;
  const at = (values: Float64Array, index: number) => values[index] ?? Number.NaN;
  const seen = (gate: number) => {
    let sum = at(bias, gate * units + unit);
    for (let feature = 0; feature < features; feature += 1) {
      sum += at(x, (row * time + t) * features + feature) * at(kernel, feature * columns + gate * units + unit);
    }
    return sum;
  };
  const recalled = (gate: number) =>
    h.reduce((sum, state, other) => sum + state * at(recurrent, other * columns + gate * units + unit), 0);
  const before = at(h, unit);
  const nudged = (state: 'hiddenState' | 'cellState') => nudge?.[state]?.[(row * time + t) * units + unit] ?? 0;
  const hidden = (value: number) => ({ hiddenState: value + nudged('hiddenState') });
  switch (layer) {
    case 'lstm': {
      const [inputGate, forgetGate, outputGate] = [0, 1, 3].map((gate) => sigmoid(seen(gate) + recalled(gate))) as [
        number,
        number,
        number,
      ];
      const candidate = Math.tanh(seen(2) + recalled(2));
      const cellState = forgetGate * at(c, unit) + inputGate * candidate + nudged('cellState');
      return {
        inputGate,
        forgetGate,
        candidate,
        outputGate,
        cellState,
        ...hidden(outputGate * Math.tanh(cellState)),
      };
    }
    case 'gru': {
      const product = (gate: number) => recalled(gate) + at(bias, columns + gate * units + unit);
      const updateGate = sigmoid(seen(0) + product(0));
      const resetGate = sigmoid(seen(1) + product(1));
      const candidate = Math.tanh(seen(2) + resetGate * product(2));
      return {
        updateGate,
        resetGate,
        candidate,
        recalled: product(2),
        ...hidden(updateGate * before + (1 - updateGate) * candidate),
      };
    }
    case 'tanh':
      return hidden(Math.tanh(seen(0) + recalled(0)));
    case 'relu':
      return hidden(Math.max(0, seen(0) + recalled(0)));
    case 'sigmoid':
      return hidden(sigmoid(seen(0) + recalled(0)));
  }
}
