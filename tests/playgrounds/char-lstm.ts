import type { Corpora, Corpus } from '#src/playgrounds/char-lstm/task/corpus.ts';
import { createBatches } from '#src/playgrounds/char-lstm/task/windows.ts';
import { createRandom } from '#src/nn/random.ts';
import type { Values } from '#src/training/spec.ts';
import { connect, crossEntropy, optimizers } from './float64.ts';
import type { Expectations, Reference } from './playgrounds.ts';

const small = { units: 8, embedding: 4, timeSteps: 8, batchSize: 4, clip: 0.1 };

/** Prose and verse, with units left out and without; gradients are short enough for the limit. */
const cases: Values[] = ['moby-dick', 'couplets'].flatMap((text) =>
  [0, 0.25].map((dropout) => ({ text, dropout, clip: 50, learningRate: 0.05, plannedSteps: 500 })),
);

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

type Weights64 = Readonly<Record<string, Float64Array>>;

/** What an LSTM has inside after each input: written out, in float64. */
export function lstmInFloat64(weights: Weights64, inputs: readonly Float64Array[]) {
  const tensor = (name: string) => weights[name] ?? new Float64Array(0);
  const units = tensor('lstmBias').length / 4;
  let hidden = new Float64Array(units);
  let cell = new Float64Array(units);
  return inputs.map((input) => {
    const fromInput = connect(input, 1, tensor('lstmKernel'), tensor('lstmBias'));
    const z = connect(hidden, 1, tensor('lstmRecurrent'), fromInput);
    const gate = (place: number, squash: (value: number) => number) =>
      z.slice(place * units, (place + 1) * units).map(squash);
    const [inputGate, forgetGate, outputGate] = [gate(0, sigmoid), gate(1, sigmoid), gate(3, sigmoid)];
    const candidate = gate(2, Math.tanh);
    cell = cell.map((value, unit) => (forgetGate[unit] ?? 0) * value + (inputGate[unit] ?? 0) * (candidate[unit] ?? 0));
    hidden = cell.map((value, unit) => (outputGate[unit] ?? 0) * Math.tanh(value));
    return { inputGate, forgetGate, candidate, outputGate, cellState: cell, hiddenState: hidden };
  });
}

/** The learnt vector of each symbol. */
export function inputsInFloat64(
  { embedding = new Float64Array(0), lstmKernel, lstmBias }: Weights64,
  symbols: ArrayLike<number>,
) {
  const features = (lstmKernel?.length ?? 0) / (lstmBias?.length ?? 1);
  return Array.from(symbols, (symbol) => embedding.slice(symbol * features, (symbol + 1) * features));
}

const lossOf: Reference['lossOf'] = (data, values, seed, steps, weights) => {
  const corpus = (data as Corpora)[String(values['text'])] as Corpus;
  const [batchSize, timeSteps, dropout] = ['batchSize', 'timeSteps', 'dropout'].map((name) => Number(values[name]));
  if (batchSize === undefined || timeSteps === undefined || dropout === undefined)
    throw new Error('values are missing');
  const { symbols, next } = createBatches(corpus, batchSize, timeSteps, seed)(steps);
  const bias = weights['denseBias'] ?? new Float64Array(0);
  const units = (weights['lstmBias']?.length ?? 0) / 4;
  const mask = createRandom(seed, 'dropout', steps).uniforms(batchSize * units);
  let nats = 0;
  for (let window = 0; window < batchSize; window += 1) {
    const [from, to] = [window * timeSteps, (window + 1) * timeSteps];
    lstmInFloat64(weights, inputsInFloat64(weights, symbols.subarray(from, to))).forEach(({ hiddenState }, time) => {
      const heard = hiddenState.map((value, unit) =>
        (mask[window * units + unit] ?? 0) < dropout ? 0 : value / (1 - dropout),
      );
      const logits = connect(heard, 1, weights['denseWeights'] ?? new Float64Array(0), bias);
      nats += crossEntropy(logits, [next[from + time] ?? 0]);
    });
  }
  const loss = nats / (batchSize * timeSteps);
  return { loss, total: loss };
};

export const expectations: Expectations = {
  // 2.75 was measured after 250 steps; a trigram model needs 2.81, one that knows only how common letters are 4.31.
  learns: { seed: 7, steps: 250, metric: 'unseen-bits', below: 2.9 },
  small,
  question: { type: 'read', text: 'call me ishmael…' },
  edit: { type: 'silence-unit', unit: 3 },
  strayEdits: [8, -1, 0.5, Number.NaN, 'one'].map((unit) => ({ type: 'silence-unit', unit })),
  changes: [
    { learningRate: 0.002, dropout: 0.5 },
    { clip: 5, plannedSteps: 500 },
  ],
  shapes(values) {
    const [units, features] = [Number(values['units']), Number(values['embedding'])];
    const vocabulary = { 'moby-dick': 50, couplets: 804, 'few-couplets': 404 }[String(values['text'])] ?? 0;
    const inside = ['hiddenState', 'cellState', 'inputGate', 'forgetGate', 'outputGate', 'candidate'];
    return {
      vocabulary: [vocabulary],
      symbols: [78],
      probability: [78],
      alternatives: [78, 5],
      x: [78, features],
      ...Object.fromEntries(inside.map((name) => [name, [78, units]])),
      logits: [vocabulary],
      written: [182],
      baselines: [4],
    };
  },
  reference: {
    cases,
    lossOf,
    update(values, weight, gradient, slots, step) {
      const rate =
        Number(values['learningRate']) * Math.max(0.05, 1 - (0.95 * (step - 1)) / Number(values['plannedSteps']));
      return (optimizers['adam'] ?? (() => NaN))(weight, gradient, rate, slots, step);
    },
  },
};
