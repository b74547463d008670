import { load, type Utterances } from '#datasets/utterances/index.ts';
import { computeGradients, type Variables } from '#src/nn/gradients.ts';
import { dropout } from '#src/nn/layers.ts';
import { accuracy, l2 } from '#src/nn/losses.ts';
import { createOptimizer, type OptimizerKind } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { readTensors } from '#src/nn/read.ts';
import { disposeTaps, recordTaps } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { MetricPoint } from '#src/training/protocol.ts';
import type { Value, Values } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { createWeights, forward, lossOf, read } from './model.ts';
import { spec } from './spec.ts';
import { addedLesson, lessonsOfRows, rowsOfLessons } from './task/added.ts';
import { baselineAccuracy } from './task/baseline.ts';
import { batchTensors, createBatches, createLessons, tokensTensor, withUnknowns, type Lesson } from './task/lessons.ts';
import {
  completed,
  mapOf,
  ofFirstSentence,
  prefixesOf,
  scalar,
  tokensArray,
  toldByLessons,
  vectorsOf,
} from './task/looking.ts';
import { parseOwn } from './task/own.ts';
import { createReview } from './task/review.ts';

export { load, spec };

/** Unseen sentences are looked at more often where the curve is steep. */
const isEvaluationDue = (steps: number) => steps % (steps < 100 ? 10 : 50) === 0;

export function createTask(data: Utterances, hyperparameters: Values, seed: number, own?: string): Task {
  let values: Record<string, Value> = { ...hyperparameters };
  const number = (name: keyof typeof spec.hyperparameters) => Number(values[name]);
  const language = values['language'] === 'zh' ? 'zh' : 'en';
  const lessons = createLessons(data, language, parseOwn(own));
  const size = {
    vocabulary: lessons.vocabulary.size,
    embedding: number('embedding'),
    units: number('units'),
    layers: number('layers'),
    classes: lessons.classes.length,
  };
  const weights = createWeights(size, values['reads'] === 'state-and-bag', createRandom(seed, 'weights'));
  const variables = weights as Variables;
  const optimizer = createOptimizer(values['optimizer'] as OptimizerKind, variables);
  const batchOf = createBatches(lessons.train, number('batchSize'), seed);
  const review = createReview(lessons.unseen, (tokens) => forward(weights, tokens));
  let added: Lesson[] = [];
  let map: NamedArrays | undefined;
  let unread: { step: number; scalars: tf.Tensor }[] = [];
  let steps = 0;

  /** Sinks by half again and again, so that the weights come to rest. */
  function rate(): number {
    const halving = number('halving');
    return number('learningRate') * (halving > 0 ? 0.5 ** (steps / halving) : 1);
  }

  /** One update: a batch forward, its loss backward, every weight a little way down. */
  function learn() {
    const batch = batchOf(steps, [...lessons.own, ...added]);
    const { tokens, labels } = batchTensors(batch, withUnknowns(batch, number('wordDropout'), seed, steps));
    const drop = (state: tf.Tensor2D) => dropout(state, number('dropout'), createRandom(seed, 'dropout', steps));
    const kept: tf.Tensor[] = [];
    const { loss, gradients } = computeGradients(() => {
      const logits = forward(weights, tokens, drop);
      const surprise = lossOf(logits, labels);
      kept.push(tf.keep(tf.stack([surprise, accuracy(logits, labels)])));
      const strength = number('wordPenalty');
      // Holds the vectors of words back, so that no rare word decides alone.
      return strength > 0 ? tf.add(surprise, tf.mul(l2([weights.embedding]), strength)) : surprise;
    }, variables);
    optimizer.apply(gradients, rate());
    steps += 1;
    for (const scalars of kept) unread.push({ step: steps, scalars });
    tf.dispose([tokens, labels, loss, gradients]);
  }

  /** The same update, with all that it computed: of the batch's first sentence where there is one a sentence. */
  async function learnTraced() {
    const first = batchOf(steps, [...lessons.own, ...added])[0];
    const before = Object.entries(variables).map(([name, weight]) => [name, tf.clone(weight)] as const);
    const taps = recordTaps(learn);
    const updates = tf.tidy(() =>
      Object.fromEntries(before.map(([name, old]) => [name, tf.sub(variables[name] as tf.Tensor, old)])),
    );
    try {
      return {
        values: {
          ...(await readAndFree(withProbabilities(ofFirstSentence(taps.values)))),
          tokens: tokensArray(first?.tokens ?? new Int32Array(0)),
          label: scalar(first?.label ?? 0),
        },
        gradients: await readAndFree(ofFirstSentence(taps.gradients)),
        updates: await readTensors(updates),
      };
    } finally {
      disposeTaps(taps);
      tf.dispose([updates, before.map(([, old]) => old)]);
    }
  }

  /** What the network makes of one sentence, every value by name; with its class also the loss and the vectors. */
  async function lookAt(sentence: Int32Array, label?: number): Promise<NamedArrays> {
    const taps = recordTaps(() =>
      tf.tidy(() => {
        const logits = forward(weights, tokensTensor(sentence, 1));
        if (label !== undefined) lossOf(logits, tf.tensor1d([label], 'int32'));
      }),
    );
    const course = tf.tidy(() => read(forward(weights, prefixesOf(sentence))));
    try {
      const { embedding, ...values } = taps.values;
      const looked = { ...withProbabilities(ofFirstSentence(values)), course };
      // All vectors are too many to be read with each letter.
      const isWithVectors = label !== undefined && embedding !== undefined;
      return await readAndFree(isWithVectors ? { ...looked, vectors: vectorsOf(embedding, lessons) } : looked);
    } finally {
      disposeTaps(taps);
    }
  }

  return {
    get parameters() {
      return Object.values(variables).reduce((sum, { size: count }) => sum + count, 0);
    },
    get steps() {
      return steps;
    },
    async step({ trace = false } = {}) {
      if (trace) return learnTraced();
      learn();
      return undefined;
    },
    async readMetrics() {
      const waiting = unread;
      unread = [];
      const read = await readAndFree(Object.fromEntries(waiting.map(({ step, scalars }) => [String(step), scalars])));
      return waiting.flatMap(({ step }): MetricPoint[] => {
        const [loss = Number.NaN, correct = Number.NaN] = read[String(step)]?.values ?? [];
        return [
          { step, metric: 'loss', value: loss },
          { step, metric: 'accuracy', value: correct },
        ];
      });
    },
    isEvaluationDue: () => isEvaluationDue(steps),
    async evaluate() {
      const { loss, accuracy: correct } = await review.run();
      map = undefined;
      return [
        { step: steps, metric: 'unseen-loss', value: loss },
        { step: steps, metric: 'unseen-accuracy', value: correct },
        { step: steps, metric: 'baseline-accuracy', value: baselineAccuracy(data[language]) },
      ];
    },
    async snapshot(view) {
      const example = Math.min(Number(view['example'] ?? 0), lessons.unseen.length - 1);
      const { tokens, label } = lessons.unseen[example] ?? { tokens: new Int32Array(0), label: 0 };
      const looked = await lookAt(tokens, label);
      // It takes longer than a step, and so stays until the next evaluation.
      map ??= mapOf(looked['vectors']);
      const told = toldByLessons(lessons, lessons.utterances[example] ?? '', tokens, review.result());
      const baseline = scalar(baselineAccuracy(data[language]));
      return completed({ ...looked, ...told, ...copied(map), label: scalar(label), baseline });
    },
    async answer(question) {
      const text = question['text'];
      if (question.type !== 'classify' || typeof text !== 'string') {
        throw new RangeError('The question "classify" takes a text.');
      }
      const tokens = lessons.encode(text);
      return { ...(await lookAt(tokens)), ...toldByLessons(lessons, text, tokens) };
    },
    edit(edit) {
      const lesson = addedLesson(edit, lessons);
      if (lesson) added.push(lesson);
    },
    setHyperparameters(changed) {
      values = { ...values, ...changed };
    },
    async checkpoint() {
      return { ...(await readTensors({ ...variables, ...optimizer.state() })), ...rowsOfLessons(added) };
    },
    restore(tensors, done) {
      const made = Object.fromEntries(
        Object.entries(tensors).map(([name, { shape, values: numbers }]) => [name, tf.tensor(numbers, [...shape])]),
      );
      for (const [name, weight] of Object.entries(variables)) weight.assign(made[name] as tf.Tensor);
      optimizer.restore(made, done);
      tf.dispose(made);
      added = lessonsOfRows(tensors, lessons);
      map = undefined;
      steps = done;
    },
    dispose() {
      tf.dispose([Object.values(variables), unread.map(({ scalars }) => scalars)]);
      optimizer.dispose();
      review.dispose();
    },
  };
}

/** With what the logits of one sentence come to. The caller disposes all. */
function withProbabilities({ logits, ...tensors }: Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  if (!logits) return tensors;
  const probabilities = tf.tidy(() => tf.reshape(read(tf.reshape(logits, [1, -1])), [-1]));
  return { ...tensors, logits, probabilities };
}

/** What is sent is gone. */
function copied(arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, values }]) => [name, { shape, values: values.slice() }]),
  );
}

async function readAndFree(tensors: Record<string, tf.Tensor>): Promise<NamedArrays> {
  try {
    return await readTensors(tensors);
  } finally {
    tf.dispose(tensors);
  }
}
