import { choice, definePlayground, index, range } from '#src/training/spec.ts';

/** An LSTM that learns to write, one character after the other. */
export const spec = definePlayground({
  id: 'char-lstm',
  kind: 'trains',
  hyperparameters: {
    text: choice('moby-dick', { options: ['moby-dick', 'couplets', 'few-couplets'], applies: 'restart' }),
    learningRate: range(0.01, { min: 1e-4, max: 1, scale: 'log', applies: 'next-step' }),
    units: range(128, { min: 8, max: 256, scale: 'linear', step: 8, applies: 'restart' }),
    dropout: range(0.1, { min: 0, max: 0.8, scale: 'linear', step: 0.05, applies: 'next-step' }),
    plannedSteps: range(4000, { min: 500, max: 20_000, scale: 'linear', step: 500, applies: 'next-step' }),
    embedding: range(32, { min: 4, max: 64, scale: 'linear', step: 4, applies: 'restart' }),
    timeSteps: range(32, { min: 4, max: 96, scale: 'linear', step: 4, applies: 'restart' }),
    batchSize: choice(16, { options: [4, 8, 16, 32, 64], applies: 'restart' }),
    clip: range(1, { min: 0.05, max: 50, scale: 'log', applies: 'next-step' }),
  },
  phases: ['forward', 'loss', 'backward', 'update'],
  metrics: ['loss', 'training-bits', 'unseen-bits', 'unigram-bits', 'bigram-bits', 'trigram-bits', 'four-gram-bits'],
  view: {
    /** Which passage of the unseen text is read. */
    passage: index(32),
    /** By the network as it is, or as it was when it knew the unseen text best. */
    weights: choice('now', { options: ['now', 'best'], applies: 'next-step' }),
  },
  questions: {
    /** Goes on writing: from a text to begin with, or from a state and the symbol that comes after it. */
    sample: { takes: ['time'], gives: ['time', 'rank'] },
    /** Reads any text: what each character's probability was, and what happened inside. */
    read: { takes: ['time'], gives: ['time', 'unit'] },
    /** How much each character before counted for one prediction. */
    influence: { takes: ['time'], gives: ['time'] },
    /** How each unit goes along with a signal in the text, such as "inside quotes". */
    search: { takes: [], gives: ['signal', 'unit'] },
  },
  edits: { 'silence-unit': ['unit'] },
  symbols: {
    x: { tex: 'x_t', node: 'input', code: ['inputs'], tensor: 'x', hue: 'input' },
    h: { tex: 'h_t', node: 'state', code: ['hiddenStates'], tensor: 'hiddenState', hue: 'activation' },
    o: { tex: 'o_t', node: 'dense', code: ['logits'], tensor: 'logits', hue: 'pre-activation' },
    y: { tex: '\\hat y_t', node: 'softmax', code: ['probabilities'], tensor: 'probabilities', hue: 'output' },
    L: { tex: 'L', node: 'loss', code: ['loss'], tensor: 'loss', hue: 'loss' },
  },
  snapshot: {
    /** The characters that symbols stand for, as code points; the first is that of the unknown. */
    vocabulary: ['symbol'],
    /** The text that is read, as symbols. */
    symbols: ['time'],
    /** What each of them was given before it was read; -1 for the first, of which nothing was said. */
    probability: ['time'],
    /** The likeliest symbols there, and their probabilities. */
    alternatives: ['time', 'rank'],
    alternativeProbabilities: ['time', 'rank'],
    x: ['time', 'feature'],
    inputGate: ['time', 'unit'],
    forgetGate: ['time', 'unit'],
    candidate: ['time', 'unit'],
    outputGate: ['time', 'unit'],
    cellState: ['time', 'unit'],
    hiddenState: ['time', 'unit'],
    /** What could come after the text. */
    logits: ['symbol'],
    probabilities: ['symbol'],
    loss: [],
    /** What the network wrote at the last evaluation, and how likely it found each symbol. */
    written: ['time'],
    writtenProbability: ['time'],
    writtenAlternatives: ['time', 'rank'],
    writtenAlternativeProbabilities: ['time', 'rank'],
    /** Bits a character on unseen text of n-gram models, n from 1 to 4. */
    baselines: ['order'],
  },
  traced: {
    embedding: ['symbol', 'feature'],
    lstmKernel: ['feature', 'gate'],
    lstmRecurrent: ['unit', 'gate'],
    lstmBias: ['gate'],
    denseWeights: ['unit', 'symbol'],
    denseBias: ['symbol'],
  },
  divergesAbove: 30,
  trained: { steps: 4000, metric: 'unseen-bits', variants: { zh: { text: 'couplets', dropout: 0.2 } } },
});

/** What an LSTM has inside at each time step, each `[time, unit]`. */
export const parts = ['hiddenState', 'cellState', 'inputGate', 'forgetGate', 'outputGate', 'candidate'] as const;

export type Part = (typeof parts)[number];

/** What a unit may keep track of, by the text alone; `search` answers in this order. */
export const signals = [
  'quotes',
  'line-end',
  'line-position',
  'word-end',
  'word-position',
  'clause-position',
  'second-half',
  'rhyme',
] as const;

export type Signal = (typeof signals)[number];
