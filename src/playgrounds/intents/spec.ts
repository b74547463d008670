import { choice, definePlayground, index, range } from '#src/training/spec.ts';

/** What one layer holds inside, each by time step and unit. */
const inside = ['inputGate', 'forgetGate', 'candidate', 'outputGate', 'cellState', 'hiddenState'] as const;
const layerOf = (name: string) => Object.fromEntries(inside.map((part) => [`${name}/${part}`, ['time', 'unit']]));

/** A recurrent network that learns what a customer wants: it puts one sentence into one of ten classes. */
export const spec = definePlayground({
  id: 'intents',
  kind: 'trains',
  hyperparameters: {
    language: choice('en', { options: ['en', 'zh'], applies: 'restart' }),
    learningRate: range(1e-2, { min: 1e-5, max: 1, scale: 'log', applies: 'next-step' }),
    reads: choice('state-and-bag', { options: ['state', 'state-and-bag'], applies: 'restart' }),
    layers: choice(1, { options: [1, 2], applies: 'restart' }),
    units: range(16, { min: 2, max: 128, scale: 'linear', step: 2, applies: 'restart' }),
    embedding: range(32, { min: 2, max: 64, scale: 'linear', step: 2, applies: 'restart' }),
    dropout: range(0.9, { min: 0, max: 0.9, scale: 'linear', step: 0.05, applies: 'next-step' }),
    wordDropout: range(0, { min: 0, max: 0.8, scale: 'linear', step: 0.05, applies: 'next-step' }),
    wordPenalty: range(8e-3, { min: 0, max: 0.05, scale: 'linear', step: 0.001, applies: 'next-step' }),
    /** Steps after which the rate has sunk to its half; 0: never. */
    halving: range(100, { min: 0, max: 1000, scale: 'linear', step: 50, applies: 'next-step' }),
    batchSize: choice(32, { options: [8, 16, 32, 64], applies: 'restart' }),
    optimizer: choice('adam', { options: ['sgd', 'momentum', 'rmsprop', 'adam'], applies: 'restart' }),
  },
  phases: ['forward', 'loss', 'backward', 'update'],
  metrics: ['loss', 'accuracy', 'unseen-loss', 'unseen-accuracy', 'baseline-accuracy'],
  view: {
    /** Which of the unseen sentences is looked at. */
    example: index(200),
  },
  questions: { classify: { takes: ['character'], gives: ['class'] } },
  /** A sentence for a class that is there, learnt from the next step on. */
  edits: { 'add-example': ['text', 'label'] },
  symbols: {
    x: { tex: 'x', node: 'tokens', code: ['tokens'], tensor: 'tokens', hue: 'input' },
    E: { tex: 'E', node: 'embedding', code: ['embedding'], tensor: 'vectors', hue: 'weight' },
    e: { tex: 'e', node: 'embedding', code: ['embedded'], tensor: 'embedded', hue: 'activation' },
    W: { tex: 'W', node: 'lstm', code: ['lstmKernel'], tensor: 'lstmKernel', hue: 'weight' },
    U: { tex: 'U', node: 'lstm', code: ['lstmRecurrent'], tensor: 'lstmRecurrent', hue: 'weight' },
    b: { tex: 'b', node: 'lstm', code: ['lstmBias'], tensor: 'lstmBias', hue: 'bias' },
    h: { tex: 'h', node: 'lstm', code: ['states'], tensor: 'states', hue: 'activation' },
    V: { tex: 'V', node: 'dense', code: ['denseWeights'], tensor: 'denseWeights', hue: 'weight' },
    s: { tex: 's', node: 'bag', code: ['bag'], tensor: 'bag', hue: 'activation' },
    B: { tex: 'B', node: 'bag', code: ['shortcutWeights'], tensor: 'shortcutWeights', hue: 'weight' },
    o: { tex: 'o', node: 'dense', code: ['logits'], tensor: 'logits', hue: 'pre-activation' },
    y: { tex: '\\hat y', node: 'softmax', code: ['probabilities'], tensor: 'probabilities', hue: 'output' },
    L: { tex: 'L', node: 'loss', code: ['loss'], tensor: 'loss', hue: 'loss' },
  },
  snapshot: {
    /** Numbers of the sentence's tokens and of their kin; 0 is padding, which stands in front, 1 is "unknown". */
    tokens: ['time', 'part'],
    /** Of the tokens of more than one sentence. */
    vectors: ['token', 'feature'],
    embedded: ['time', 'feature'],
    lstmKernel: ['feature', 'gate'],
    lstmRecurrent: ['unit', 'gate'],
    lstmBias: ['gate'],
    ...layerOf('lstm'),
    /** Of the second layer; empty where there is one layer only. */
    upperKernel: ['feature', 'gate'],
    upperRecurrent: ['unit', 'gate'],
    upperBias: ['gate'],
    ...layerOf('upper'),
    /** The hidden states that the classifier reads: the last layer's. */
    states: ['time', 'unit'],
    denseWeights: ['unit', 'class'],
    denseBias: ['class'],
    /** The shortcut: the sum of the words' vectors and its weights; empty where only the state is read. */
    bag: ['feature'],
    shortcutWeights: ['feature', 'class'],
    logits: ['class'],
    probabilities: ['class'],
    /** What it would say if the sentence ended with this token. */
    course: ['time', 'class'],
    loss: [],
    label: [],
    /** Texts in UTF-8, one a line: the sentence's tokens, the last ones if it is too long for the network, … */
    words: ['byte'],
    /** … how many it has in all, … */
    length: [],
    /** … what the classes are called, the tokens of more than one sentence, the most frequent first, and the unseen sentences. */
    classes: ['byte'],
    vocabulary: ['byte'],
    utterances: ['byte'],
    /** Where their vectors lay on the plane along which they differed most, at the last evaluation; the variance's share. */
    map: ['token', 'axis'],
    mapShare: [],
    /** Of the unseen sentences at the last evaluation: what they were taken for, and what they are. */
    predictions: ['example'],
    labels: ['example'],
    /** Those taken for something else with most certainty. */
    mistakes: ['example'],
    /** The share of them that a bag of words reads rightly. */
    baseline: [],
  },
  traced: { embedding: ['number', 'feature'] },
  divergesAbove: 50,
  trained: { steps: 600, metric: 'unseen-accuracy', variants: { zh: { language: 'zh' } } },
});

/** What a reader can bring. */
export const limits = {
  /** Characters of a sentence that is learnt from. */
  sentence: 300,
  /** Characters of a class's name. */
  name: 30,
  /** Sentences in all. */
  examples: 200,
  /** Classes beside those of the book. */
  classes: 10,
} as const;

/** A sentence of the reader's, as `own` holds them: a list of these as JSON. */
export interface OwnExample {
  /** The language it is learnt in. */
  language: string;
  text: string;
  /** The class's name: one of the book's or a new one. */
  label: string;
}
