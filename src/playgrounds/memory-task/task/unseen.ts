import { createRandom } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';
import { LETTERS, NETWORKS, type Each } from '../model.ts';
import { drawLetters, inputsOf, labelsOf, lettersTensor, marksAt } from './sequences.ts';

/** A delay counts as remembered while so many answers are right at it and at all that are shorter. */
export const REMEMBERED = 0.95;
/** How many sequences are asked at the longest delay; all runs are asked the same. */
const ASKED = 512;
/** At a time, so that memory stays small. */
const PART = 128;

/** What the networks remember over which delay. */
export interface Remembered {
  /** Ascending; the last is the longest. */
  delays: readonly number[];
  /** For each network the share of right answers at each delay, in [0, 1]; none before the first look. */
  accuracy: readonly (readonly number[])[];
}

/** Where accuracy is looked at: closely where delays are short, then in tenths of the longest. */
export function delaysUpTo(longest: number): number[] {
  const tenths = Array.from({ length: 10 }, (_, at) => Math.round(((at + 1) * longest) / 10));
  const chosen = new Set([1, 2, 3, 5, 10, ...tenths].filter((delay) => delay <= longest));
  return [...chosen].sort((one, other) => one - other);
}

/** The longest delay up to which nearly all answers are right; 0 if not even the shortest. */
export function horizonOf(delays: readonly number[], accuracy: readonly number[]): number {
  const forgotten = accuracy.findIndex((share) => !(share >= REMEMBERED));
  return delays[(forgotten < 0 ? accuracy.length : forgotten) - 1] ?? 0;
}

/**
 * Asks the networks about sequences that they never learn from: the same letters at every delay, the mark moved.
 *
 * @param forward inputs `[batch, time, 10]` to logits of each network.
 */
export async function askUnseen(
  longest: number,
  forward: (inputs: tf.Tensor) => Each<tf.Tensor2D>,
): Promise<Remembered> {
  const time = longest + 2;
  const letters = drawLetters(ASKED, time, createRandom(0, 'unseen'));
  const delays = delaysUpTo(longest);
  const accuracy = NETWORKS.map(() => delays.map(() => 0));
  for (const [at, delay] of delays.entries()) {
    const asked = delay === longest ? ASKED : longest > 50 ? 32 : 64;
    for (let from = 0; from < asked; from += PART) {
      const part = letters.subarray(from * (time - 1), Math.min(asked, from + PART) * (time - 1));
      const right = tf.tidy(() => countRight(lettersTensor(part, time), delay, forward));
      const counts = await right.data<'float32'>();
      right.dispose();
      counts.forEach((hits, network) => {
        const own = accuracy[network];
        if (own) own[at] = (own[at] ?? 0) + hits / asked;
      });
    }
  }
  return { delays, accuracy };
}

/** How many answers of each network are right, `[3]`. */
function countRight(letters: tf.Tensor, delay: number, forward: (inputs: tf.Tensor) => Each<tf.Tensor2D>): tf.Tensor {
  const [count = 0, time = 0] = letters.shape;
  const marks = marksAt(tf.tensor(new Float32Array(count).fill(delay), [count, 1]), time);
  const truth = tf.oneHot(labelsOf(letters, marks), LETTERS, 1, 0, 'float32');
  const logits = forward(inputsOf(letters, marks));
  const hits = NETWORKS.map((name) =>
    tf.sum(tf.mul(tf.oneHot(tf.argMax(logits[name], 1), LETTERS, 1, 0, 'float32'), truth)),
  );
  return tf.stack(hits);
}
