import { encode } from '#src/math/characters.ts';
import { clipByGlobalNorm } from '#src/nn/clip.ts';
import { computeGradients } from '#src/nn/gradients.ts';
import { dropout } from '#src/nn/layers.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { readTensors } from '#src/nn/read.ts';
import * as tf from '#src/nn/tf.ts';
import { createUnreadMetrics } from '#src/nn/unreadMetrics.ts';
import { countParameters, restoreVariables, setWhere } from '#src/nn/variables.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import type { Question } from '#src/training/protocol.ts';
import type { Value, Values } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { createWeights, forward, lossOf, type Weights } from './model.ts';
import { parts, spec, type Part } from './spec.ts';
import { createBest } from './task/best.ts';
import { corpusOf, loadCorpora as load, wellFormed, type Corpora, type Corpus } from './task/corpus.ts';
import { createEvaluation } from './task/evaluation.ts';
import { influenceOn, readText } from './task/reading.ts';
import { searchUnits } from './task/search.ts';
import { traceLearning } from './task/tracing.ts';
import { createBatches, tensorsOf } from './task/windows.ts';
import { remember, write, writingRandom } from './task/writing.ts';

export { load, spec };

/** Symbols of a passage that is read for the page, and of what is written at an evaluation. */
const PASSAGE = 78;
const WRITTEN = 182;
/** The rate sinks to this share of itself over the planned steps, and stays there. */
const LAST_RATE = 0.05;
/** So many symbols are written, and read, at once. */
const MOST_WRITTEN = 64;
const MOST_READ = 400;

/** Unseen text is looked at more often where the curve is steep. */
const isEvaluationDue = (steps: number) => steps % (steps < 100 ? 20 : steps < 600 ? 100 : 200) === 0;

export function createTask(data: Corpora, hyperparameters: Values, seed: number, own?: string): Task {
  let values: Record<string, Value> = { ...hyperparameters };
  const number = (name: keyof typeof spec.hyperparameters) => Number(values[name]);
  const corpus = own === undefined ? (data[String(values['text'])] as Corpus) : corpusOf(own);
  const { vocabulary } = corpus;
  const size = vocabulary.characters.length;
  const weights = createWeights(size, number('embedding'), number('units'), createRandom(seed, 'weights'));
  const optimizer = createOptimizer('adam', weights);
  const nextBatch = createBatches(corpus, number('batchSize'), number('timeSteps'), seed);
  const evaluation = createEvaluation(corpus);
  const best = createBest(weights);
  let written: NamedArrays = nothingWritten;
  const unread = createUnreadMetrics(['loss']);
  let steps = 0;

  const rate = () =>
    number('learningRate') * Math.max(LAST_RATE, 1 - (1 - LAST_RATE) * (steps / number('plannedSteps')));

  /** The same units are left out at each time step of a window (Gal and Ghahramani 2016, arXiv:1512.05287). */
  function drop(states: tf.Tensor3D): tf.Tensor3D {
    const [batch, , units] = states.shape;
    if (number('dropout') === 0) return states;
    const ones = tf.tensor(new Float32Array(batch * units).fill(1), [batch, 1, units]);
    return tf.mul(states, dropout(ones, number('dropout'), createRandom(seed, 'dropout', steps)));
  }

  /** One update: windows of the text forward, the loss backward through time, every weight a little way down. */
  function learn() {
    const { symbols, next } = tensorsOf(nextBatch(steps));
    const { loss, gradients } = computeGradients(() => lossOf(forward(weights, symbols, drop), next), weights);
    const clipped = clipByGlobalNorm(gradients, number('clip'));
    optimizer.apply(clipped.gradients, rate());
    steps += 1;
    unread.add(steps, loss);
    tf.dispose([symbols, next, gradients, clipped.gradients, clipped.norm]);
  }

  /** What is written by the weights of this moment, always from the same random numbers. */
  async function writeSample() {
    const random = createRandom(seed, 'written');
    const sample = await write(weights, beginning(), { count: WRITTEN, temperature: 0.8, random });
    written = {
      written: sample.symbols,
      writtenProbability: sample.probability,
      writtenAlternatives: sample.alternatives,
      writtenAlternativeProbabilities: sample.alternativeProbabilities,
    };
  }

  const codePoints = (): NamedArray => ({
    shape: [size],
    values: Float32Array.from(vocabulary.characters, (character) => character.codePointAt(0) ?? 0),
  });

  /** A line end, or the commonest thing that could stand before a text. */
  const beginning = () => ({ symbol: vocabulary.symbols.get('\n') ?? vocabulary.symbols.get(' ') ?? 1 });

  function passage(at: number): Int32Array {
    const start = evaluation.starts[at % evaluation.starts.length] ?? 0;
    return corpus.unseen.slice(start, start + PASSAGE);
  }

  async function answer(question: Question): Promise<NamedArrays> {
    const asked = question['weights'] === 'best' ? best.weights : weights;
    const symbols = symbolsIn(question['text'], corpus);
    switch (question.type) {
      case 'sample':
        return sample(question, asked, symbols);
      case 'read':
        return symbols.length === 0 ? {} : { ...(await readText(asked, symbols)), vocabulary: codePoints() };
      case 'influence':
        return influenceOn(asked, symbols, Number(question['at']));
      case 'search':
        return searchUnits(corpus, asked, partIn(question['part']));
      default:
        throw new RangeError(`Nothing is known of a question '${question.type}'.`);
    }
  }

  /** Begins with a text, or goes on from a state. */
  async function sample(question: Question, asked: Weights, text: Int32Array): Promise<NamedArrays> {
    const { hidden, cell, place = 0, symbol } = question;
    const isGoingOn = hidden instanceof Float32Array && cell instanceof Float32Array;
    const start = beginning().symbol;
    const before = Int32Array.of(start, ...text);
    const from = isGoingOn
      ? { symbol: symbolWithin(Number(symbol), size), hidden, cell }
      : { symbol: before.at(-1) ?? start, ...(await remember(asked, before.slice(0, -1))) };
    const answer = await write(asked, from, {
      count: Math.min(MOST_WRITTEN, Math.max(1, Math.floor(Number(question['count']) || 1))),
      temperature: Math.min(5, Math.max(0, Number(question['temperature']) || 0)),
      random: writingRandom(seed, Math.max(0, Math.floor(Number(place) || 0))),
    });
    return { ...answer, vocabulary: codePoints() };
  }

  return {
    get parameters() {
      return countParameters(weights);
    },
    get steps() {
      return steps;
    },
    async step({ trace = false } = {}) {
      if (trace) return traceLearning(weights, nextBatch(steps), learn);
      learn();
      return undefined;
    },
    readMetrics: () => unread.read(),
    isEvaluationDue: () => isEvaluationDue(steps),
    async evaluate() {
      const bits = await evaluation.bits(weights);
      if (isEvaluationDue(steps) && steps > 0) best.offer(steps, bits.unseen);
      await writeSample();
      const [unigram, bigram, trigram, fourGram] = evaluation.baselines;
      // Where no character of the unseen text is known, there is nothing to measure.
      return Object.entries({
        'training-bits': bits.training,
        'unseen-bits': bits.unseen,
        'unigram-bits': unigram,
        'bigram-bits': bigram,
        'trigram-bits': trigram,
        'four-gram-bits': fourGram,
        ...(best.bits() < Infinity && { 'best-bits': best.bits() }),
      })
        .map(([metric, value = Number.NaN]) => ({ step: steps, metric, value }))
        .filter(({ value }) => Number.isFinite(value));
    },
    async snapshot(view) {
      const looked = view['weights'] === 'best' ? best.weights : weights;
      return {
        ...(await readText(looked, passage(Number(view['passage'] ?? 0)))),
        ...copyOf(written),
        vocabulary: codePoints(),
        baselines: { shape: [4], values: evaluation.baselines.slice() },
      };
    },
    answer,
    edit(edit) {
      if (edit.type === 'silence-unit') silence(weights, Number(edit['unit']));
    },
    setHyperparameters(changed) {
      values = { ...values, ...changed };
    },
    async checkpoint() {
      return { ...(await readTensors({ ...weights, ...optimizer.state(), ...best.tensors() })), ...best.found() };
    },
    restore(tensors, done) {
      restoreVariables(tensors, weights, optimizer, done);
      best.restore(tensors);
      steps = done;
    },
    dispose() {
      tf.dispose(Object.values(weights));
      optimizer.dispose();
      unread.dispose();
      best.dispose();
    },
  };
}

const nothing: NamedArray = { shape: [0], values: new Float32Array(0) };
const nothingWritten: NamedArrays = {
  written: nothing,
  writtenProbability: nothing,
  writtenAlternatives: { shape: [0, 0], values: new Float32Array(0) },
  writtenAlternativeProbabilities: { shape: [0, 0], values: new Float32Array(0) },
};

/** Its memory is handed over with each answer. */
function copyOf(arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, values }]) => [name, { shape, values: values.slice() }]),
  );
}

/** What the reader typed; a capital that the text never has is read as its small letter. */
function symbolsIn(text: Question[string] | undefined, { vocabulary }: Corpus): Int32Array {
  if (typeof text !== 'string') return new Int32Array(0);
  const isKnown = (character: string) => vocabulary.symbols.has(character);
  const typed = Array.from(wellFormed(text), (one) => (isKnown(one) ? one : one.toLowerCase()));
  return encode(typed.join(''), vocabulary).slice(0, MOST_READ);
}

function symbolWithin(symbol: number, size: number): number {
  return Number.isInteger(symbol) && symbol >= 0 && symbol < size ? symbol : 0;
}

function partIn(asked: Question[string] | undefined): Part {
  return parts.find((part) => part === asked) ?? 'hiddenState';
}

/** Nobody hears the unit any more, neither the network itself at the next character nor its prediction. */
function silence({ lstmRecurrent, denseWeights }: Weights, unit: number) {
  const [units = 0] = denseWeights.shape;
  if (!Number.isInteger(unit) || unit < 0 || unit >= units) return;
  const isSilent = new Float32Array(units);
  isSilent[unit] = 1;
  for (const weight of [lstmRecurrent, denseWeights]) setWhere(weight, isSilent, 0, [units, 1]);
}
