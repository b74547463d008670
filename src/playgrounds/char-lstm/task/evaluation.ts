import * as tf from '#src/nn/tf.ts';
import { forward, type Weights } from '../model.ts';
import { bitsOfNgrams, type Corpus } from './corpus.ts';
import { spreadStarts, tensorsOf, windowsAt, type Windows } from './windows.ts';

/** Windows of the unseen text, and a quarter as many of the text that is learnt from. */
const WINDOWS = 32;
/** Symbols of each: the memory is empty before the first. */
const LENGTH = 256;

/** What n-gram models need, computed once for a text. */
const known = new WeakMap<Corpus, Float32Array>();

/** How well a network predicts a text, and how well n-gram models do on the same symbols. */
export function createEvaluation(corpus: Corpus) {
  const fitting = (text: Int32Array) => Math.min(LENGTH, text.length - 1);
  const starts = spreadStarts(corpus, 'unseen', WINDOWS, fitting(corpus.unseen));
  const unseen = windowsAt(corpus.unseen, starts, fitting(corpus.unseen));
  const trainLength = fitting(corpus.train);
  const train = windowsAt(corpus.train, spreadStarts(corpus, 'train', WINDOWS / 4, trainLength), trainLength);
  const baselines = known.get(corpus) ?? bitsOfNgrams(corpus, askedFor(starts, unseen.length, corpus.unseen.length));
  known.set(corpus, baselines);

  return {
    starts,
    /** `[order]` */
    baselines,
    /** Bits a symbol, of those that are counted. */
    async bits(weights: Weights): Promise<{ training: number; unseen: number }> {
      const values = tf.tidy(() =>
        tf.stack([train, unseen].map((windows) => bitsOf(weights, windows, corpus.counted))),
      );
      const [training = Number.NaN, onUnseen = Number.NaN] = await values.data<'float32'>();
      values.dispose();
      return { training, unseen: onUnseen };
    },
  };
}

function askedFor(starts: readonly number[], length: number, size: number): Uint8Array {
  const asked = new Uint8Array(size);
  for (const start of starts) asked.fill(1, start + 1, start + 1 + length);
  return asked;
}

/** The mean over the counted symbols; windows that overlap count twice. */
function bitsOf(weights: Weights, windows: Windows, counted: Float32Array): tf.Tensor {
  const { symbols, next } = tensorsOf(windows);
  const logits = forward(weights, symbols);
  const truth = tf.oneHot(next, counted.length, 1, 0, 'float32');
  const nats = tf.neg(tf.sum(tf.mul(truth, tf.logSoftmax(logits)), 1));
  const counts = tf.tensor(Float32Array.from(windows.next, (symbol) => counted[symbol] ?? 0));
  return tf.div(tf.sum(tf.mul(nats, counts)), tf.mul(tf.sum(counts), Math.LN2));
}
