import type { Cell } from '#src/engine/kernels/cells.ts';

const formulas = {
  tanh: ['hyperbolic(x0 + y0)', '1.0 - h * h'],
  relu: ['max(x0 + y0, 0.0)', 'sign(h)'],
  sigmoid: ['logistic(x0 + y0)', 'h * (1.0 - h)'],
} as const;

/** A plain recurrent network with one activation. */
export function simpleRnnCell(activation: keyof typeof formulas): Cell {
  const [value, slope] = formulas[activation];
  return {
    name: 'SimpleRnn',
    key: `rnn-${activation}`,
    gates: 1,
    biasRows: 1,
    forward: [['h', value]],
    row: ['h'],
    backward: [['d', `dh * (${slope})`]],
    backwardRow: ['d'],
    lastProduct: 0,
    carried: {},
  };
}
