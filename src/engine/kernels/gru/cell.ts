import type { Cell } from '#src/engine/kernels/cells.ts';

/** A gated recurrent unit, the reset gate after the product; `src/nn/gru.ts` has the equations. */
export const gruCell: Cell = {
  name: 'Gru',
  key: 'gru',
  gates: 3,
  biasRows: 2,
  forward: [
    ['z', 'logistic(x0 + y0)'],
    ['r', 'logistic(x1 + y1)'],
    ['k', 'hyperbolic(x2 + r * y2)'],
    ['m', 'y2'],
    ['h', 'k + z * (stateBefore - k)'],
  ],
  row: ['z', 'r', 'k', 'm', 'h'],
  backward: [
    ['dz', 'dh * (stateBefore - k) * z * (1.0 - z)'],
    ['dk', 'dh * (1.0 - z) * (1.0 - k * k)'],
    ['dr', 'dk * m * r * (1.0 - r)'],
    ['dm', 'dk * r'],
    ['kept', 'dh * z'],
  ],
  backwardRow: ['dz', 'dr', 'dk', 'dm', 'kept'],
  lastProduct: 3,
  carried: { state: 4 },
};
