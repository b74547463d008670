import { choice, definePlayground, index, range } from '#src/training/spec.ts';

/** A convolutional network that learns to read handwritten digits. */
export const spec = definePlayground({
  id: 'digit-cnn',
  kind: 'trains',
  hyperparameters: {
    learningRate: range(2e-3, { min: 1e-5, max: 1, scale: 'log', applies: 'next-step' }),
    batchSize: choice(64, { options: [8, 16, 32, 64, 128], applies: 'restart' }),
    optimizer: choice('adam', { options: ['sgd', 'momentum', 'rmsprop', 'adam'], applies: 'restart' }),
    filters1: range(8, { min: 1, max: 16, scale: 'linear', step: 1, applies: 'restart' }),
    filters2: range(16, { min: 1, max: 32, scale: 'linear', step: 1, applies: 'restart' }),
    kernelSize: choice(3, { options: [3, 5, 7], applies: 'restart' }),
    activation: choice('relu', { options: ['relu', 'leakyRelu', 'tanh', 'sigmoid'], applies: 'restart' }),
    pooling: choice('max', { options: ['max', 'average'], applies: 'restart' }),
    l2: range(0, { min: 0, max: 0.1, scale: 'linear', step: 0.0001, applies: 'next-step' }),
    dropout: range(0.25, { min: 0, max: 0.9, scale: 'linear', step: 0.05, applies: 'next-step' }),
  },
  phases: ['forward', 'loss', 'backward', 'update'],
  metrics: ['loss', 'accuracy', 'unseen-loss', 'unseen-accuracy'],
  view: {
    /** Which of the 1,000 unseen digits is looked at. */
    example: index(1000),
    /** Whether the gradients of its loss are wanted too. */
    gradients: choice(0, { options: [0, 1], applies: 'next-step' }),
  },
  questions: { read: { takes: ['height', 'width'], gives: ['digit'] } },
  edits: { 'set-kernel': ['layer', 'filter', 'channel', 'row', 'column', 'value'] },
  symbols: {
    x: { tex: 'x', node: 'input', code: ['x'], tensor: 'x', hue: 'input' },
    w: { tex: 'w', node: 'conv1', code: ['kernel1'], tensor: 'kernel1', hue: 'weight' },
    b: { tex: 'b', node: 'conv1', code: ['bias1'], tensor: 'bias1', hue: 'bias' },
    z: { tex: 'z', node: 'conv1', code: ['z1'], tensor: 'z1', hue: 'pre-activation' },
    a: { tex: 'a', node: 'relu1', code: ['a1'], tensor: 'a1', hue: 'activation' },
    p: { tex: 'p', node: 'pool1', code: ['p1'], tensor: 'p1', hue: 'activation' },
    w2: { tex: 'w^{(2)}', node: 'conv2', code: ['kernel2'], tensor: 'kernel2', hue: 'weight' },
    z2: { tex: 'z^{(2)}', node: 'conv2', code: ['z2'], tensor: 'z2', hue: 'pre-activation' },
    a2: { tex: 'a^{(2)}', node: 'relu2', code: ['a2'], tensor: 'a2', hue: 'activation' },
    p2: { tex: 'p^{(2)}', node: 'pool2', code: ['p2'], tensor: 'p2', hue: 'activation' },
    f: { tex: 'f', node: 'flatten', code: ['features'], tensor: 'p2', hue: 'activation' },
    v: { tex: 'V', node: 'dense', code: ['denseWeights'], tensor: 'denseWeights', hue: 'weight' },
    o: { tex: 'o', node: 'dense', code: ['logits'], tensor: 'logits', hue: 'pre-activation' },
    y: { tex: '\\hat y', node: 'softmax', code: ['probabilities'], tensor: 'probabilities', hue: 'output' },
    L: { tex: 'L', node: 'loss', code: ['loss'], tensor: 'loss', hue: 'loss' },
  },
  snapshot: {
    x: ['height', 'width'],
    kernel1: ['height', 'width', 'channel', 'filter'],
    bias1: ['filter'],
    z1: ['height', 'width', 'filter'],
    a1: ['height', 'width', 'filter'],
    p1: ['height', 'width', 'filter'],
    kernel2: ['height', 'width', 'channel', 'filter'],
    bias2: ['filter'],
    z2: ['height', 'width', 'filter'],
    a2: ['height', 'width', 'filter'],
    p2: ['height', 'width', 'filter'],
    denseWeights: ['feature', 'digit'],
    denseBias: ['digit'],
    logits: ['digit'],
    probabilities: ['digit'],
    loss: [],
    /** The true digit of the example. */
    label: [],
    /** Of the 1,000 unseen digits at the last evaluation: what was read, and what they are. */
    predictions: ['example'],
    labels: ['example'],
    /** The first unseen digits, 0 to 255, for the strip. */
    strip: ['example', 'height', 'width'],
    /** The mistakes made with most certainty: which they are, and their pictures. */
    mistakes: ['example'],
    mistakePictures: ['example', 'height', 'width'],
  },
  divergesAbove: 50,
  trained: { steps: 1500, metric: 'unseen-accuracy' },
});

/** With `view.gradients`, the snapshot also holds `gradient:<name>` for each of these. */
export const withGradients = [
  'kernel1',
  'z1',
  'a1',
  'p1',
  'kernel2',
  'z2',
  'a2',
  'p2',
  'denseWeights',
  'logits',
] as const;
