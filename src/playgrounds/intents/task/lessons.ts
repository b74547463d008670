import type { Utterances } from '#datasets/utterances/index.ts';
import { createBatchOrder } from '#src/nn/imageBatches.ts';
import { createRandom } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';
import { limits, type OwnExample } from '../spec.ts';
import { createVocabulary, encode, PADDING, PARTS, tokensOf, UNKNOWN, type Vocabulary } from './tokens.ts';

/** A sentence as the network reads it, and its class. */
export interface Lesson {
  /** `[time, PARTS]` */
  tokens: Int32Array;
  label: number;
}

/** What a run learns from, and what it is tried on. */
export interface Lessons {
  language: string;
  classes: readonly string[];
  vocabulary: Vocabulary;
  train: readonly Lesson[];
  /** The reader's own. */
  own: readonly Lesson[];
  unseen: readonly Lesson[];
  /** The unseen ones as they were written. */
  utterances: readonly string[];
  /** A sentence as numbers. */
  encode(sentence: string): Int32Array;
}

/** How many tokens the network reads: more than all but a few of the book's sentences have. */
export const timeSteps: Readonly<Record<string, number>> = { en: 24, zh: 32 };

/**
 * @param own sentences of the reader's; those in another language or with nothing to read are left out.
 * @throws RangeError if they bring too many classes.
 */
export function createLessons(data: Utterances, language: 'en' | 'zh', own: readonly OwnExample[]): Lessons {
  const { intents, train, unseen } = data[language];
  const tokens = (text: string) => tokensOf(text, language);
  const mine = own.filter((example) => example.language === language && tokens(example.text).length > 0);
  const classes = [...new Set([...intents, ...mine.map(({ label }) => label)])];
  if (classes.length > intents.length + limits.classes)
    throw new RangeError(`More than ${limits.classes} new classes.`);
  const time = timeSteps[language] ?? 0;
  const vocabulary = createVocabulary([...train, ...mine].map(({ text }) => tokens(text)));
  const encodeText = (text: string) => encode(tokens(text), vocabulary, time);
  const lesson = ({ text, label }: { text: string; label: number }) => ({ tokens: encodeText(text), label });
  return {
    language,
    classes,
    vocabulary,
    train: train.map(lesson),
    own: mine.map(({ text, label }) => lesson({ text, label: classes.indexOf(label) })),
    unseen: unseen.map(lesson),
    utterances: unseen.map(({ text }) => text),
    encode: encodeText,
  };
}

/**
 * The sentences that a step learns from, in an order that is a function of seed and step. The reader's own take turns
 * on up to a quarter of the places, so that a few of them count beside hundreds of the book's.
 */
export function createBatches(train: readonly Lesson[], batchSize: number, seed: number) {
  const next = createBatchOrder(train.length, batchSize, seed);
  return (steps: number, own: readonly Lesson[]): Lesson[] => {
    const batch = [...next(steps)].flatMap((at) => train[at] ?? []);
    const places = Math.min(own.length, Math.floor(batchSize / 4));
    for (let place = 0; place < places; place += 1) {
      const lesson = own[(steps * places + place) % own.length];
      if (lesson) batch[batchSize - 1 - place] = lesson;
    }
    return batch;
  };
}

/** Tensors that the caller disposes: tokens `[batch, time, PARTS]`, labels `[batch]`, both int32. */
export function batchTensors(batch: readonly Lesson[], tokens: Int32Array) {
  return {
    tokens: tokensTensor(tokens, batch.length),
    labels: tf.tensor1d(
      Int32Array.from(batch, ({ label }) => label),
      'int32',
    ),
  };
}

export function tokensTensor(tokens: Int32Array, sentences: number): tf.Tensor {
  return tf.tensor(tokens, [sentences, tokens.length / sentences / PARTS, PARTS], 'int32');
}

/** Tokens of a batch, some of them made unknown at random: so the network learns to do without any one word. */
export function withUnknowns(batch: readonly Lesson[], rate: number, seed: number, steps: number): Int32Array {
  const random = createRandom(seed, 'unknown', steps);
  const all = Int32Array.from(batch.flatMap(({ tokens }) => [...tokens]));
  for (let at = 0; at < all.length; at += PARTS) {
    if (random.uniform() < rate && all[at] !== PADDING) all.fill(UNKNOWN, at, at + PARTS);
  }
  return all;
}
