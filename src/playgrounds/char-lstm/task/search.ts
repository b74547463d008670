import { decode } from '#src/math/characters.ts';
import { disposeTaps, recordTaps } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { forward, type Weights } from '../model.ts';
import { signals, type Part } from '../spec.ts';
import type { Corpus } from './corpus.ts';
import { correlation, measures } from './signals.ts';
import { spreadStarts, windowsAt } from './windows.ts';

const WINDOWS = 16;
const LENGTH = 256;
/** Symbols at the start of a window that are read but not looked at: the memory fills. */
const WARM_UP = 16;

/**
 * Which units go along with what: each with each signal, over unseen text.
 *
 * @param part what of a unit is looked at.
 * @returns correlations, `[signal, unit]`, -1 to 1; 0 where the text has no such signal.
 */
export async function searchUnits(corpus: Corpus, weights: Weights, part: Part): Promise<NamedArrays> {
  const length = Math.min(LENGTH, corpus.unseen.length - 1);
  const { symbols, count } = windowsAt(corpus.unseen, spreadStarts(corpus, 'unseen', WINDOWS, length), length);
  const taps = recordTaps(() => tf.tidy(() => void forward(weights, tf.tensor(symbols, [count, length], 'int32'))));
  const states = taps.values[`lstm/${part}`];
  const units = states?.shape[2] ?? 0;
  const values = (await states?.data<'float32'>()) ?? new Float32Array(0);
  disposeTaps(taps);

  const places = Array.from({ length: count * length }, (_, place) => place).filter(
    (place) => place % length >= WARM_UP,
  );
  const looked = new Float32Array(places.length * units);
  places.forEach((place, row) => looked.set(values.subarray(place * units, (place + 1) * units), row * units));
  const measured = measuredIn(symbols, corpus, count, length);
  const correlations = signals.flatMap((_, at) => {
    const signal = Float32Array.from(places, (place) => measured[at]?.[place] ?? 0);
    return Array.from({ length: units }, (_unit, unit) => correlation(signal, looked, unit, units));
  });
  return { correlations: { shape: [signals.length, units], values: Float32Array.from(correlations) } };
}

/** Every signal at every place of the windows, `[windows * time]` each. */
function measuredIn(symbols: Int32Array, { vocabulary }: Corpus, count: number, length: number): Float32Array[] {
  return signals.map((signal) => {
    const measured = new Float32Array(count * length);
    for (let window = 0; window < count; window += 1) {
      const characters = Array.from(decode(symbols.subarray(window * length, (window + 1) * length), vocabulary));
      characters.forEach((_, at) => (measured[window * length + at] = measures[signal](characters, at)));
    }
    return measured;
  });
}
