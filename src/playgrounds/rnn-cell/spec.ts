import { choice, definePlayground, index, range } from '#src/training/spec.ts';

/** The reader's inputs; after them comes none (0). */
export const LONGEST = 8;

/** Time steps over which the three activation functions are compared. */
export const COMPARED = 20;

/** Sums for which the activation function is drawn: from -REACH to REACH. */
export const REACH = 6;

export const activations = ['tanh', 'sigmoid', 'relu'] as const;

const state = (value: number) => range(value, { min: -5, max: 5, scale: 'linear', step: 0.01, applies: 'next-step' });
const weight = (value: number) => range(value, { min: -3, max: 3, scale: 'linear', step: 0.01, applies: 'next-step' });

/** One recurrent cell with one unit, number by number. */
export const spec = definePlayground({
  id: 'rnn-cell',
  kind: 'computes',
  hyperparameters: {
    /** The hidden state before the first input. */
    initialState: state(0),
    recurrentWeight: weight(0.5),
    inputWeight: weight(1),
    bias: state(0),
    activation: choice('tanh', { options: activations, applies: 'next-step' }),
    inputCount: range(3, { min: 1, max: LONGEST, scale: 'linear', step: 1, applies: 'next-step' }),
    input0: state(1),
    input1: state(2),
    input2: state(3),
    input3: state(0),
    input4: state(0),
    input5: state(0),
    input6: state(0),
    input7: state(0),
  },
  phases: ['multiply', 'add', 'activate'],
  metrics: [],
  view: {
    /** Which time step is seen from inside; the last of the sequence if there are fewer. */
    time: index(LONGEST),
  },
  questions: {},
  edits: {},
  symbols: {
    h: { tex: 'h_{t-1}', node: 'state', code: ['before'], tensor: 'before', hue: 'activation' },
    x: { tex: 'x_t', node: 'input', code: ['input'], tensor: 'x', hue: 'input' },
    W_h: { tex: 'W_h', node: 'recurrent', code: ['recurrent'], tensor: 'recurrent', hue: 'weight' },
    W_x: { tex: 'W_x', node: 'kernel', code: ['kernel'], tensor: 'kernel', hue: 'weight' },
    b: { tex: 'b', node: 'sum', code: ['bias'], tensor: 'bias', hue: 'bias' },
    z: { tex: 'z_t', node: 'sum', code: ['z'], tensor: 'z', hue: 'pre-activation' },
    h_t: { tex: 'h_t', node: 'activation', code: ['h'], tensor: 'h', hue: 'activation' },
  },
  snapshot: {
    // The time step that is looked at.
    time: [],
    before: [],
    x: [],
    recurrent: [],
    kernel: [],
    bias: [],
    z: [],
    h: [],
    /** Of the activation function at z. */
    slope: [],
    /** The reader's sequence, then zeros. */
    inputs: ['time'],
    /** With each activation function: the state after each input, and the gradient of the last state by it. */
    states: ['activation', 'time'],
    gradients: ['activation', 'time'],
    /** The activation function at points from -REACH to REACH. */
    curve: ['point'],
  },
});
