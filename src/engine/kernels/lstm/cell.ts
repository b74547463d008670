import type { Cell } from '#src/engine/kernels/cells.ts';

/** Long short-term memory; `src/nn/lstm.ts` has the equations. */
export const lstmCell: Cell = {
  name: 'Lstm',
  key: 'lstm',
  gates: 4,
  biasRows: 1,
  forward: [
    ['i', 'logistic(x0 + y0)'],
    ['f', 'logistic(x1 + y1)'],
    ['k', 'hyperbolic(x2 + y2)'],
    ['o', 'logistic(x3 + y3)'],
    ['c', 'f * cellBefore + i * k'],
    ['h', 'o * hyperbolic(c)'],
  ],
  row: ['i', 'f', 'k', 'o', 'c', 'h'],
  backward: [
    ['squashed', 'hyperbolic(c)'],
    ['dCell', 'dc + dh * o * (1.0 - squashed * squashed)'],
    ['di', 'dCell * k * i * (1.0 - i)'],
    ['df', 'dCell * cellBefore * f * (1.0 - f)'],
    ['dk', 'dCell * i * (1.0 - k * k)'],
    ['dOutput', 'dh * squashed * o * (1.0 - o)'],
    ['kept', 'dCell * f'],
  ],
  backwardRow: ['di', 'df', 'dk', 'dOutput', 'kept'],
  lastProduct: 3,
  carried: { cell: 4 },
};
