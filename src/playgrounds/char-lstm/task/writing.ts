import { createRandom, type Random } from '#src/nn/random.ts';
import { readAndDispose } from '#src/nn/read.ts';
import { advanceLstm, type LstmState } from '#src/nn/lstm.ts';
import { embed } from '#src/nn/layers.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { advance, type Weights } from '../model.ts';
import { likeliest } from './ranks.ts';

export interface Beginning {
  /** The last symbol before the new ones. */
  symbol: number;
  /** `[units]`, the memory before that symbol; empty without them. */
  hidden?: Float32Array;
  cell?: Float32Array;
}

export interface Writing {
  count: number;
  /** 1 draws as the network predicts; below, the likely becomes likelier; 0 always takes the likeliest. */
  temperature: number;
  random: Random;
}

/**
 * Draws symbols one after the other, all on the device: of logits with Gumbel noise the largest is a draw from their
 * softmax (Gumbel 1954; Maddison et al. 2014, arXiv:1411.0030).
 *
 * @returns symbols and the probability of each as it was drawn, `[time]`, the likeliest ones there, `[time, rank]`, and
 *   the memory before the last symbol, `[unit]`.
 */
export async function write(weights: Weights, from: Beginning, { count, temperature, random }: Writing) {
  const [vocabulary = 0] = weights.embedding.shape;
  const drawn = tf.tidy(() => {
    let state = stateOf(weights, from);
    let symbol: tf.Tensor = tf.tensor([from.symbol], [1, 1], 'int32');
    const symbols: tf.Tensor[] = [];
    const probabilities: tf.Tensor[] = [];
    for (let place = 0; place < count; place += 1) {
      const { state: after, logits } = advance(weights, symbol, state);
      const tempered = temperature > 0 ? tf.div(logits, temperature) : logits;
      const noise = temperature > 0 ? gumbel(vocabulary, random) : new Float32Array(vocabulary);
      symbol = tf.reshape(tf.argMax(tf.add(tempered, tf.tensor(noise, [1, vocabulary])), 1), [1, 1]);
      symbols.push(tf.cast(symbol, 'float32'));
      probabilities.push(tf.softmax(tempered as tf.Tensor2D));
      state = after;
    }
    return {
      symbols: tf.reshape(tf.concat(symbols, 0), [count]),
      probabilities: tf.concat(probabilities, 0),
      hidden: tf.reshape(state.hidden, [-1]),
      cell: tf.reshape(state.cell, [-1]),
    };
  });
  const { symbols, probabilities, hidden, cell } = await readAndDispose(drawn);
  if (!symbols || !probabilities || !hidden || !cell) throw new Error('Nothing was written.');
  const probability = Float32Array.from(symbols.values, (symbol, place) => {
    return probabilities.values[place * vocabulary + symbol] ?? 0;
  });
  return {
    symbols,
    probability: { shape: [count], values: probability },
    ...likeliest(probabilities.values, vocabulary),
    hidden,
    cell,
  } satisfies NamedArrays;
}

/** The memory after a text. */
export async function remember(
  { embedding, ...weights }: Weights,
  symbols: Int32Array,
): Promise<Omit<Beginning, 'symbol'>> {
  if (symbols.length === 0) return {};
  const { lstmKernel: kernel, lstmRecurrent: recurrent, lstmBias: bias } = weights;
  const state = tf.tidy(() => {
    const read = embed(embedding, tf.tensor(symbols, [1, symbols.length], 'int32'));
    return { ...advanceLstm(read, { kernel, recurrent, bias }) };
  });
  const { hidden, cell } = await readAndDispose(state);
  return { ...(hidden && { hidden: hidden.values }), ...(cell && { cell: cell.values }) };
}

/** Zeros without one, and where one comes from a network of another size. */
function stateOf({ lstmRecurrent }: Weights, { hidden, cell }: Beginning): LstmState {
  const [units = 0] = lstmRecurrent.shape;
  const row = (values: Float32Array | undefined) =>
    values?.length === units ? tf.tensor(values, [1, units]) : tf.zeros([1, units]);
  return { hidden: row(hidden), cell: row(cell) };
}

function gumbel(count: number, random: Random): Float32Array {
  return random.uniforms(count).map((uniform) => -Math.log(-Math.log(uniform)));
}

/** The stream of what is written at one place of one text: asked again, it gives the same. */
export function writingRandom(seed: number, place: number): Random {
  return createRandom(seed, 'writing', place);
}
