import { leadingPlane } from '#src/math/leadingPlane.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import { spec } from '../spec.ts';
import { tokensTensor, type Lessons } from './lessons.ts';
import { PADDING, PARTS, RESERVED, tokensOf } from './tokens.ts';

/** Values that there are once for each sentence of a batch. */
const isPerSentence = (name: string) => name.includes('/') || ['embedded', 'states', 'bag', 'logits'].includes(name);

/** Of values with a batch only its first sentence. The caller disposes them. */
export function ofFirstSentence(tensors: Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  return tf.tidy(() => {
    const entries = Object.entries(tensors).map(([name, tensor]): [string, tf.Tensor] => {
      if (!isPerSentence(name)) return [name, tf.clone(tensor)];
      return [name, tf.reshape(tf.slice(tensor, 0, 1), tensor.shape.slice(1))];
    });
    return Object.fromEntries(entries);
  });
}

/**
 * A sentence as far as each of its tokens: what the network reads while somebody types.
 *
 * @returns `[time, time, PARTS]`, int32; the last row is the whole sentence.
 */
export function prefixesOf(sentence: Int32Array): tf.Tensor {
  const width = sentence.length;
  const time = width / PARTS;
  const rows = new Int32Array(time * width).fill(PADDING);
  for (let end = 1; end <= time; end += 1) rows.set(sentence.subarray(0, end * PARTS), end * (width - PARTS));
  return tokensTensor(rows, time);
}

/** What is known of a sentence and of the run without the network. */
export function toldByLessons(
  { classes, vocabulary, utterances, unseen, language }: Lessons,
  text: string,
  sentence: Int32Array,
  result?: { predictions: Uint8Array; mistakes: readonly number[] },
): NamedArrays {
  const words = tokensOf(text, language);
  return {
    tokens: tokensArray(sentence),
    words: lines(words.slice(-sentence.length / PARTS).map((word) => word.text)),
    length: scalar(words.length),
    classes: lines(classes),
    ...(result && {
      vocabulary: lines(vocabulary.frequent),
      utterances: lines(utterances),
      labels: bytes(Uint8Array.from(unseen, ({ label }) => label)),
      predictions: bytes(result.predictions.slice()),
      mistakes: vector(result.mistakes),
    }),
  };
}

/** The vectors of the frequent tokens, `[token, feature]`; padding has none. The caller disposes them. */
export function vectorsOf(embedding: tf.Tensor, { vocabulary }: Lessons): tf.Tensor {
  return tf.slice(embedding, [RESERVED - 1, 0], [vocabulary.frequent.length, embedding.shape[1] ?? 0]);
}

/** Where vectors lie on the plane along which they differ most. */
export function mapOf(vectors: NamedArray | undefined): NamedArrays {
  const [count = 0, dimensions = 1] = vectors?.shape ?? [];
  const { coordinates, share } = leadingPlane(vectors?.values ?? [], dimensions);
  return { map: { shape: [count, 2], values: coordinates }, mapShare: scalar(share) };
}

/** With nothing in place of what this network does not have: a second layer, a shortcut. */
export function completed(arrays: NamedArrays): NamedArrays {
  const empty = Object.entries(spec.snapshot).map(([name, axes]): [string, NamedArray] => {
    return [name, { shape: axes.map(() => 0), values: new Float32Array(0) }];
  });
  return { ...Object.fromEntries(empty), ...arrays };
}

/** @param sentence `[time, PARTS]` */
export function tokensArray(sentence: Int32Array): NamedArray {
  return { shape: [sentence.length / PARTS, PARTS], values: Float32Array.from(sentence) };
}

export function scalar(value: number): NamedArray {
  return { shape: [], values: Float32Array.of(value) };
}

function vector(values: ArrayLike<number>): NamedArray {
  return { shape: [values.length], values: Float32Array.from(values) };
}

function bytes(values: Uint8Array): NamedArray {
  return { shape: [values.length], values };
}

/** Texts without line ends, one a line, in UTF-8. */
function lines(texts: readonly string[]): NamedArray {
  return bytes(new TextEncoder().encode(texts.join('\n')));
}
