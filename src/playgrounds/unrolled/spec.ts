import { choice, definePlayground, range } from '#src/training/spec.ts';

/** The most time steps that can be pulled out. */
export const LONGEST = 60;

/** Numbers in one input. */
export const FEATURES = 4;

/** A recurrent layer unrolled over time, and one gradient on its way back through it. */
export const spec = definePlayground({
  id: 'unrolled',
  kind: 'computes',
  hyperparameters: {
    /** How many copies of the cell stand in a row. */
    unrolledSteps: range(20, { min: 1, max: LONGEST, scale: 'linear', step: 1, applies: 'next-step' }),
    /** Largest absolute value among the eigenvalues of the recurrent weights. */
    spectralRadius: range(0.9, { min: 0.2, max: 2, scale: 'linear', step: 0.01, applies: 'next-step' }),
    activation: choice('tanh', { options: ['tanh', 'linear', 'relu'], applies: 'next-step' }),
    /** The longest gradient of all weights together that is not shortened. */
    clipNorm: range(1, { min: 0.1, max: 10, scale: 'log', applies: 'next-step' }),
    /** Of the one step whose outcome is shown. */
    learningRate: range(0.01, { min: 0.0001, max: 1, scale: 'log', applies: 'next-step' }),
    recurrentMatrix: choice('random', { options: ['random', 'orthogonal'], applies: 'next-step' }),
    /** Standard deviation of the inputs. */
    inputScale: range(0.3, { min: 0, max: 2, scale: 'linear', step: 0.05, applies: 'next-step' }),
    stateSize: choice(16, { options: [8, 16, 32], applies: 'restart' }),
  },
  phases: ['forward', 'loss', 'backward', 'update'],
  metrics: [],
  view: {},
  questions: {},
  edits: {},
  symbols: {
    x: { tex: 'x_t', node: 'input', code: ['sequence'], tensor: 'inputs', hue: 'input' },
    W_h: { tex: 'W_h', node: 'cell', code: ['recurrent'], tensor: 'recurrent', hue: 'weight' },
    W_x: { tex: 'W_x', node: 'cell', code: ['kernel'], tensor: 'kernel', hue: 'weight' },
    b: { tex: 'b', node: 'cell', code: ['bias'], tensor: 'bias', hue: 'bias' },
    h: { tex: 'h_t', node: 'cell', code: ['h'], tensor: 'states', hue: 'activation' },
    L: { tex: 'L', node: 'loss', code: ['squaredDistance'], tensor: 'loss', hue: 'loss' },
    g: { tex: 'g_t', node: 'gradient', code: ['gradients'], tensor: 'norms', hue: 'gradient' },
  },
  snapshot: {
    inputs: ['time', 'feature'],
    kernel: ['feature', 'unit'],
    recurrent: ['unit', 'unit'],
    bias: ['unit'],
    states: ['time', 'unit'],
    /** The gradient of the loss by each state, and its length. */
    stateGradients: ['time', 'unit'],
    norms: ['time'],
    /** Half the squared distance of the last state from its target: now, after the plain step, after the clipped one. */
    loss: [],
    plainLoss: [],
    clippedLoss: [],
    /** Length of the gradient by all weights, and what clipping multiplies it with. */
    weightNorm: [],
    clipFactor: [],
  },
});
