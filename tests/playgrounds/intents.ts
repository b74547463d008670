import type { Utterances } from '#datasets/utterances/index.ts';
import { createRandom } from '#src/nn/random.ts';
import { createBatches, createLessons, withUnknowns } from '#src/playgrounds/intents/task/lessons.ts';
import { PARTS } from '#src/playgrounds/intents/task/tokens.ts';
import type { Values } from '#src/training/spec.ts';
import { reference as recurrent } from '../nn/recurrentReference.ts';
import { connect, crossEntropy, halfSquares, optimizers } from './float64.ts';
import type { Expectations, Reference } from './playgrounds.ts';

const small = { batchSize: 8, units: 4, embedding: 4 };

type Numbers = Readonly<Record<string, Float64Array>>;

const none = new Float64Array(0);

/** One vector for each token: the sum of those of its numbers; 0, the padding, has none. */
export function embedTokens(tokens: Int32Array, embedding: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: (tokens.length / PARTS) * size }, (_, at) => {
    const first = Math.floor(at / size) * PARTS;
    let sum = 0;
    for (const number of tokens.subarray(first, first + PARTS)) {
      if (number > 0) sum += embedding[(number - 1) * size + (at % size)] ?? NaN;
    }
    return sum;
  });
}

/**
 * The network in float64.
 *
 * @param tokens `[batch, time, PARTS]`
 * @param drop what becomes of the last states, `[batch, units]`.
 * @returns each layer's gates and states, `[batch, time, units]`, and the logits, `[batch, classes]`.
 */
export function network(tokens: Int32Array, batch: number, weights: Numbers, drop = (state: Float64Array) => state) {
  const weight = (name: string) => weights[name] ?? none;
  const units = weight('lstmBias').length / 4;
  const size = weight('lstmKernel').length / (4 * units);
  const time = tokens.length / PARTS / batch;
  const embedded = embedTokens(tokens, weight('embedding'), size);
  const layer = (name: string, x: Float64Array, features: number) =>
    recurrent(
      'lstm',
      { batch, time, features, units },
      { x, kernel: weight(`${name}Kernel`), recurrent: weight(`${name}Recurrent`), bias: weight(`${name}Bias`) },
    );
  const lstm = layer('lstm', embedded, size);
  const upper = weights['upperBias'] ? layer('upper', lstm['hiddenState'] ?? none, units) : undefined;
  const states = (upper ?? lstm)['hiddenState'] ?? none;
  const last = Float64Array.from({ length: batch * units }, (_, at) => {
    const row = Math.floor(at / units);
    return states[(row * time + time - 1) * units + (at % units)] ?? NaN;
  });
  const bag = new Float64Array(batch * size);
  embedded.forEach((value, at) => {
    const place = Math.floor(at / (time * size)) * size + (at % size);
    bag[place] = (bag[place] ?? NaN) + value;
  });
  const fromState = connect(drop(last), batch, weight('denseWeights'), weight('denseBias'));
  const shortcut = weights['shortcutWeights'];
  const fromBag = shortcut && connect(bag, batch, shortcut, new Float64Array(weight('denseBias').length));
  return { lstm, upper, logits: fromState.map((score, at) => score + (fromBag?.[at] ?? 0)) };
}

const lossOf: Reference['lossOf'] = (data, values, seed, steps, weights) => {
  const lessons = createLessons(data as Utterances, values['language'] === 'zh' ? 'zh' : 'en', []);
  const size = Number(values['batchSize']);
  const batch = createBatches(lessons.train, size, seed)(steps, []);
  const tokens = withUnknowns(batch, Number(values['wordDropout']), seed, steps);
  const rate = Number(values['dropout']);
  const mask = createRandom(seed, 'dropout', steps).uniforms(size * Number(values['units']));
  const drop = (state: Float64Array) => state.map((h, at) => ((mask[at] ?? NaN) < rate ? 0 : h / (1 - rate)));
  const { logits } = network(tokens, size, weights, drop);
  const loss = crossEntropy(
    logits,
    batch.map(({ label }) => label),
  );
  return { loss, total: loss + Number(values['wordPenalty']) * halfSquares(weights['embedding']) };
};

/** Both languages, with and without the shortcut, one layer and two; optimizers, penalty and noise in turn. */
const cases: Values[] = ['en', 'zh'].flatMap((language, at) =>
  ['state', 'state-and-bag'].flatMap((reads, turn) =>
    [1, 2].map((layers) => ({
      language,
      reads,
      layers,
      optimizer: ['adam', 'rmsprop', 'momentum', 'sgd'][(2 * at + turn + layers) % 4] ?? '',
      learningRate: 0.2,
      halving: at === turn ? 50 : 0,
      dropout: layers === 1 ? 0.35 : 0,
      wordDropout: at === turn ? 0.2 : 0,
      wordPenalty: turn === 1 ? 0.02 : 0,
    })),
  ),
);

export const expectations: Expectations = {
  // 94 of 100 were measured from seeds 7, 1 and 2; logistic regression on a bag of words reads 92.5.
  learns: { seed: 7, steps: 300, metric: 'unseen-accuracy', above: 0.925 },
  small,
  question: { type: 'classify', text: 'Where is my teapot, order 4471?' },
  edit: { type: 'add-example', text: 'my parcel never came', label: 0 },
  strayEdits: [
    { label: 10 },
    { label: -1 },
    { label: 0.5 },
    { label: Number.NaN },
    { label: '0' },
    { text: '' },
    { text: ' \n\t' },
    { text: 7 },
    { text: 'word '.repeat(2000) },
  ].map((stray) => ({ type: 'add-example', text: 'my parcel never came', label: 0, ...stray })),
  changes: [{ learningRate: 0.02 }, { dropout: 0.5, wordDropout: 0.1, wordPenalty: 0.002, halving: 400 }],
  shapes(values) {
    const [units = 0, size = 0] = ['units', 'embedding'].map((name) => Number(values[name]));
    const time = values['language'] === 'zh' ? 32 : 24;
    const inside = (name: string, shape: readonly number[]) =>
      Object.fromEntries(
        ['inputGate', 'forgetGate', 'candidate', 'outputGate', 'cellState', 'hiddenState'].map((part) => [
          `${name}/${part}`,
          shape,
        ]),
      );
    const hasTwo = values['layers'] === 2;
    return {
      tokens: [time, 2],
      embedded: [time, size],
      lstmKernel: [size, 4 * units],
      lstmRecurrent: [units, 4 * units],
      lstmBias: [4 * units],
      ...inside('lstm', [time, units]),
      upperKernel: hasTwo ? [units, 4 * units] : [0, 0],
      upperRecurrent: hasTwo ? [units, 4 * units] : [0, 0],
      upperBias: hasTwo ? [4 * units] : [0],
      ...inside('upper', hasTwo ? [time, units] : [0, 0]),
      states: [time, units],
      denseWeights: [units, 10],
      denseBias: [10],
      bag: [size],
      shortcutWeights: values['reads'] === 'state' ? [0, 0] : [size, 10],
      logits: [10],
      probabilities: [10],
      course: [time, 10],
      loss: [],
      label: [],
      labels: [200],
      predictions: [200],
    };
  },
  reference: {
    cases,
    lossOf,
    update(values, weight, gradient, slots, step) {
      const update = optimizers[String(values['optimizer'])] ?? (() => NaN);
      const halving = Number(values['halving']);
      const rate = Number(values['learningRate']) * (halving > 0 ? 0.5 ** ((step - 1) / halving) : 1);
      return update(weight, gradient, rate, slots, step);
    },
  },
};
