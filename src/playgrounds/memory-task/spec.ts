import { choice, definePlayground, index, range } from '#src/training/spec.ts';

/** Weights of one network: what each gate sees of the input, of the state before, and what is read out at the end. */
const weights = (name: 'rnn' | 'gru' | 'lstm') => ({
  [`${name}Kernel`]: ['feature', 'gate and unit'],
  [`${name}Recurrent`]: ['unit', 'gate and unit'],
  [`${name}Bias`]: name === 'gru' ? ['side', 'gate and unit'] : ['gate and unit'],
  [`${name}Dense`]: ['unit', 'letter'],
  [`${name}DenseBias`]: ['letter'],
});

const overTime = ['time', 'unit'];

/** A plain recurrent network, a GRU and an LSTM that learn, side by side, to remember one marked letter. */
export const spec = definePlayground({
  id: 'memory-task',
  kind: 'trains',
  hyperparameters: {
    /** The longest one; a batch has all from 1 to this. */
    delay: choice(30, { options: [5, 10, 30, 50, 100, 200], applies: 'restart' }),
    curriculum: choice('off', { options: ['off', 'on'], applies: 'restart' }),
    learningRate: range(0.01, { min: 1e-4, max: 0.1, scale: 'log', applies: 'next-step' }),
    clip: range(1, { min: 0.01, max: 100, scale: 'log', applies: 'next-step' }),
    units: range(32, { min: 4, max: 64, scale: 'linear', step: 4, applies: 'restart' }),
    keepBias: range(1, { min: -3, max: 5, scale: 'linear', step: 0.5, applies: 'restart' }),
    batchSize: choice(32, { options: [8, 16, 32, 64], applies: 'restart' }),
  },
  phases: ['forward', 'loss', 'backward', 'update'],
  metrics: [
    'rnn-loss',
    'gru-loss',
    'lstm-loss',
    'rnn-accuracy',
    'gru-accuracy',
    'lstm-accuracy',
    'rnn-horizon',
    'gru-horizon',
    'lstm-horizon',
  ],
  view: {
    /** Which of so many random sequences is looked at. */
    sequence: index(1000),
    /** The reader's own letters, A to H, from the first step on; where there are none, those of the random sequence. */
    letters: choice('', { options: ['', 'ABCDEFGH'], applies: 'next-step' }),
    /** From the marked letter to the cue; the longest delay at most. */
    mark: range(200, { min: 1, max: 200, scale: 'linear', step: 1, applies: 'next-step' }),
    /** Whether the gradient through time is wanted, which takes as long as several steps of training. */
    gradients: choice(1, { options: [0, 1], applies: 'next-step' }),
  },
  questions: { read: { takes: ['letters', 'mark'], gives: ['network', 'letter'] } },
  edits: { 'set-bias': ['gate', 'value'] },
  symbols: {
    x: { tex: 'x_t', node: 'input', code: ['inputs'], tensor: 'x', hue: 'input' },
    W: { tex: 'W', node: 'kernel', code: ['lstmKernel'], tensor: 'lstmKernel', hue: 'weight' },
    U: { tex: 'U', node: 'recurrent', code: ['lstmRecurrent'], tensor: 'lstmRecurrent', hue: 'weight' },
    b: { tex: 'b', node: 'bias', code: ['lstmBias'], tensor: 'lstmBias', hue: 'bias' },
    i: { tex: 'i_t', node: 'inputGate', code: ['inputGate'], tensor: 'lstm/inputGate', hue: 'gate' },
    f: { tex: 'f_t', node: 'forgetGate', code: ['forgetGate'], tensor: 'lstm/forgetGate', hue: 'gate' },
    o: { tex: 'o_t', node: 'outputGate', code: ['outputGate'], tensor: 'lstm/outputGate', hue: 'gate' },
    k: { tex: '\\tilde c_t', node: 'candidate', code: ['candidate'], tensor: 'lstm/candidate', hue: 'activation' },
    c: { tex: 'c_t', node: 'cellState', code: ['cellState'], tensor: 'lstm/cellState', hue: 'cell' },
    h: { tex: 'h_t', node: 'lstmHidden', code: ['lstmHidden'], tensor: 'lstm/hiddenState', hue: 'activation' },
    z: { tex: 'z_t', node: 'updateGate', code: ['updateGate'], tensor: 'gru/updateGate', hue: 'gate' },
    r: { tex: 'r_t', node: 'resetGate', code: ['resetGate'], tensor: 'gru/resetGate', hue: 'gate' },
    n: { tex: '\\tilde h_t', node: 'gruCandidate', code: ['candidate'], tensor: 'gru/candidate', hue: 'activation' },
    g: { tex: 'h_t', node: 'gruHidden', code: ['gruHidden'], tensor: 'gru/hiddenState', hue: 'activation' },
    Wg: { tex: 'W', node: 'gruKernel', code: ['gruKernel'], tensor: 'gruKernel', hue: 'weight' },
    Ug: { tex: 'U', node: 'gruRecurrent', code: ['gruRecurrent'], tensor: 'gruRecurrent', hue: 'weight' },
    bg: { tex: 'b', node: 'gruBias', code: ['gruBias'], tensor: 'gruBias', hue: 'bias' },
    s: { tex: 'h_t', node: 'rnnHidden', code: ['rnnHidden'], tensor: 'rnn/hiddenState', hue: 'activation' },
    Ws: { tex: 'W', node: 'rnnKernel', code: ['rnnKernel'], tensor: 'rnnKernel', hue: 'weight' },
    Us: { tex: 'U', node: 'rnnRecurrent', code: ['rnnRecurrent'], tensor: 'rnnRecurrent', hue: 'weight' },
    bs: { tex: 'b', node: 'rnnBias', code: ['rnnBias'], tensor: 'rnnBias', hue: 'bias' },
    y: {
      tex: '\\hat y',
      node: 'answers',
      code: ['lstmLogits', 'gruLogits', 'rnnLogits'],
      tensor: 'answers',
      hue: 'output',
    },
    L: { tex: 'L', node: 'loss', code: ['loss'], tensor: 'loss', hue: 'loss' },
  },
  snapshot: {
    ...weights('rnn'),
    ...weights('gru'),
    ...weights('lstm'),
    /** The same for all three when a sequence is looked at; in training each may have its own mark. */
    x: ['network', 'time', 'feature'],
    'rnn/hiddenState': overTime,
    'gru/updateGate': overTime,
    'gru/resetGate': overTime,
    'gru/candidate': overTime,
    'gru/recalled': overTime,
    'gru/hiddenState': overTime,
    'lstm/inputGate': overTime,
    'lstm/forgetGate': overTime,
    'lstm/candidate': overTime,
    'lstm/outputGate': overTime,
    'lstm/cellState': overTime,
    'lstm/hiddenState': overTime,
    'rnn/logits': ['letter'],
    'gru/logits': ['letter'],
    'lstm/logits': ['letter'],
    /** Probabilities after the last step. */
    answers: ['network', 'letter'],
    loss: [],
    /** Length of the gradient of the sequence's loss by each state: of the plain network, the GRU, the LSTM, its cells. */
    gradientNorms: ['state', 'time'],
    /** Where accuracy was looked at last, and what was found; empty before. */
    delays: ['delay'],
    accuracyByDelay: ['network', 'delay'],
    /** Up to which delay each network's batches go. */
    reach: ['network'],
  },
  divergesAbove: 100,
  trained: { steps: 800, metric: 'lstm-accuracy' },
});
