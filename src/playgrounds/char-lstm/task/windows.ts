import type { Split } from '#datasets/dataset.ts';
import { createRandom } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';
import type { Corpus } from './corpus.ts';

/** Pieces of a text, all of one length, each with what comes next after every symbol. */
export interface Windows {
  /** `[windows, time]` */
  symbols: Int32Array;
  /** `[windows, time]`: the same one symbol later. */
  next: Int32Array;
  count: number;
  length: number;
}

/** Windows of a text that begin at these places. */
export function windowsAt(text: Int32Array, starts: ArrayLike<number>, length: number): Windows {
  const count = starts.length;
  const symbols = new Int32Array(count * length);
  const next = new Int32Array(count * length);
  for (let window = 0; window < count; window += 1) {
    const start = starts[window] ?? 0;
    symbols.set(text.subarray(start, start + length), window * length);
    next.set(text.subarray(start + 1, start + length + 1), window * length);
  }
  return { symbols, next, count, length };
}

/**
 * A batch of random windows for each step. Verse begins at the start of a line, so that the network, which begins with
 * an empty memory, is never in the middle of one.
 */
export function createBatches({ train, lineStarts }: Corpus, batchSize: number, timeSteps: number, seed: number) {
  const last = train.length - timeSteps - 1;
  const places = areShort(lineStarts.train, train, timeSteps)
    ? lineStarts.train.filter((start) => start <= last)
    : null;
  return (step: number): Windows => {
    const random = createRandom(seed, 'batch', step);
    const starts = Array.from({ length: batchSize }, () =>
      places ? (places[random.integer(places.length)] ?? 0) : random.integer(last + 1),
    );
    return windowsAt(train, starts, timeSteps);
  };
}

/** Where windows begin that are spread evenly over a text: as many as asked, or as fit in without overlap. */
export function spreadStarts(corpus: Corpus, split: Split, most: number, length: number): number[] {
  const text = corpus[split];
  const room = text.length - length - 1;
  const count = Math.max(1, Math.min(most, Math.floor((text.length - 1) / length)));
  const lines = corpus.lineStarts[split];
  const isVerse = areShort(lines, text, length / 4);
  return Array.from({ length: count }, (_, window) => {
    const start = count === 1 ? 0 : Math.floor((window * room) / (count - 1));
    return isVerse ? (lines.findLast((line) => line <= start) ?? 0) : start;
  });
}

/** What the network reads, and what it is asked for. */
export function tensorsOf({ symbols, next, count, length }: Windows): { symbols: tf.Tensor; next: tf.Tensor } {
  return {
    symbols: tf.tensor(symbols, [count, length], 'int32'),
    next: tf.tensor(next, [count * length], 'int32'),
  };
}

function areShort(lineStarts: Int32Array, text: Int32Array, length: number): boolean {
  return text.length / lineStarts.length < length;
}
