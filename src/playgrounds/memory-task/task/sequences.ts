import { createRandom, type Random } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';
import { LETTERS, NETWORKS, type Each } from '../model.ts';

/** What the networks see, `[count, time, 10]`, and what they are asked for, `[count]` of int32. */
export type Lesson = {
  inputs: Each<tf.Tensor>;
  labels: Each<tf.Tensor>;
};

/** @returns `[count, time - 1]`, each from 0 to 7: the last step is the cue, at which no letter is shown. */
export function drawLetters(count: number, time: number, random: Random): Uint8Array {
  return Uint8Array.from({ length: count * (time - 1) }, () => random.integer(LETTERS));
}

/** Letters as rows with a single 1: `[count, time, 8]`; a row of zeros for the cue. */
export function lettersTensor(letters: Uint8Array, time: number): tf.Tensor {
  const count = letters.length / (time - 1);
  const rows = new Float32Array(count * time * LETTERS);
  letters.forEach((letter, at) => {
    const cuesBefore = Math.floor(at / (time - 1));
    rows[(at + cuesBefore) * LETTERS + letter] = 1;
  });
  return tf.tensor(rows, [count, time, LETTERS]);
}

/**
 * Where the marks stand. A delay is counted from the marked letter to the cue: 1 for the letter just before it.
 *
 * @param delays `[count, 1]`, above 0; of a number between two delays the larger is meant.
 * @returns `[count, time]`, a single 1 in each row.
 */
export function marksAt(delays: tf.Tensor, time: number): tf.Tensor {
  const toCue = Float32Array.from({ length: time }, (_, step) => time - 1 - step);
  const isBeyond = (bounds: Float32Array) => tf.step(tf.sub(delays, tf.tensor(bounds, [1, time])));
  return tf.sub(isBeyond(toCue.map((delay) => delay - 1)), isBeyond(toCue));
}

/** What a network sees at each step: letter, mark and cue side by side, `[count, time, 10]`. */
export function inputsOf(letters: tf.Tensor, marks: tf.Tensor): tf.Tensor {
  const [count = 0, time = 0] = marks.shape;
  const cues = Float32Array.from({ length: count * time }, (_, at) => (at % time === time - 1 ? 1 : 0));
  return tf.concat([letters, tf.reshape(marks, [count, time, 1]), tf.tensor(cues, [count, time, 1])], 2);
}

/** The marked letters: `[count]`, int32. */
export function labelsOf(letters: tf.Tensor, marks: tf.Tensor): tf.Tensor {
  const [count = 0, time = 0] = marks.shape;
  return tf.argMax(tf.sum(tf.mul(letters, tf.reshape(marks, [count, time, 1])), 1), 1);
}

/**
 * A batch to learn from: the same letters for all networks, and the marks as far back as each has come.
 *
 * @param reach `[3]`: each network's delays are even from 1 to this.
 */
export function drawLesson(count: number, longest: number, reach: tf.Tensor, random: Random): Lesson {
  const time = longest + 2;
  const letters = lettersTensor(drawLetters(count, time, random), time);
  // Never 0, and never so near to 1 that a product with the reach is rounded up to it.
  const shares = Float32Array.from({ length: count }, () => (random.integer(2 ** 16) + 0.5) / 2 ** 16);
  const share = tf.tensor(shares, [count, 1]);
  const marks = NETWORKS.map((_, at) => marksAt(tf.mul(share, tf.slice(reach, at, 1)), time)) as Three;
  const [rnn, gru, lstm] = marks;
  return {
    inputs: { rnn: inputsOf(letters, rnn), gru: inputsOf(letters, gru), lstm: inputsOf(letters, lstm) },
    labels: { rnn: labelsOf(letters, rnn), gru: labelsOf(letters, gru), lstm: labelsOf(letters, lstm) },
  };
}

type Three = [tf.Tensor, tf.Tensor, tf.Tensor];

/** One sequence, the same for all networks. */
export function lessonOf(letters: Uint8Array, delay: number): Lesson {
  const time = letters.length + 1;
  const shown = lettersTensor(letters, time);
  const marks = marksAt(tf.tensor([delay], [1, 1]), time);
  const [inputs, labels] = [inputsOf(shown, marks), labelsOf(shown, marks)];
  return {
    inputs: { rnn: inputs, gru: tf.clone(inputs), lstm: tf.clone(inputs) },
    labels: { rnn: labels, gru: tf.clone(labels), lstm: tf.clone(labels) },
  };
}

/**
 * The letters of a sequence that is looked at: those of `text` from the first step on, those of a random sequence where
 * there is none, or none from A to H.
 */
export function spelled(longest: number, sequence: number, text: string): Uint8Array {
  const own = text.toUpperCase();
  return drawLetters(1, longest + 2, createRandom(0, 'looked at', sequence)).map((letter, at) => {
    const asked = own.charCodeAt(at) - 'A'.charCodeAt(0);
    return asked >= 0 && asked < LETTERS ? asked : letter;
  });
}
