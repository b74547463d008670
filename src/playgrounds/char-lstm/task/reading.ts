import { computeGradients } from '#src/nn/gradients.ts';
import { firstExample, readTensors } from '#src/nn/read.ts';
import { disposeTaps, recordTaps } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import { forward, lossOf, predict, type Weights } from '../model.ts';
import { parts } from '../spec.ts';
import { likeliest } from './ranks.ts';

/** What is kept for each time step. */
const alongTime = ['x', ...parts] as const;

/**
 * What happens inside while a text is read.
 *
 * @param symbols `[time]`, at least one.
 * @returns what the spec's snapshot says of a text.
 */
export async function readText(weights: Weights, symbols: Int32Array): Promise<NamedArrays> {
  const time = symbols.length;
  const [vocabulary = 0] = weights.embedding.shape;
  const taps = recordTaps(() => tf.tidy(() => predict(forward(weights, tf.tensor(symbols, [1, time], 'int32')))));
  const inside = tf.tidy(() => insideOf(taps.values));
  try {
    const logitsOfAll = taps.values['logits'] as tf.Tensor;
    const read = await readTensors({ ...inside, all: taps.result, logits: logitsOfAll });
    const { all, logits, ...known } = read;
    const last = (time - 1) * vocabulary;
    const own = (array: typeof all) => array?.values.slice(last) ?? new Float32Array(vocabulary);
    return {
      ...known,
      ...told(symbols, all?.values ?? new Float32Array(0), vocabulary),
      logits: { shape: [vocabulary], values: own(logits) },
      probabilities: { shape: [vocabulary], values: own(all) },
    };
  } finally {
    disposeTaps(taps);
    tf.dispose([inside, taps.result]);
  }
}

/** Of each symbol the probability that it was given before it was read, what was likelier, and the loss of all. */
function told(symbols: Int32Array, probabilities: Float32Array, vocabulary: number): NamedArrays {
  const time = symbols.length;
  const probability = Float32Array.from(symbols, (symbol, place) => {
    return place === 0 ? -1 : (probabilities[(place - 1) * vocabulary + symbol] ?? 0);
  });
  // Of the first nothing was said.
  const before = new Float32Array(time * vocabulary);
  before.set(probabilities.subarray(0, (time - 1) * vocabulary), vocabulary);
  const { alternatives, alternativeProbabilities } = likeliest(before, vocabulary);
  alternatives.values.fill(-1, 0, alternatives.shape[1]);
  const nats = probability.subarray(1).reduce((sum, share) => sum - Math.log(share), 0);
  return {
    symbols: { shape: [time], values: Float32Array.from(symbols) },
    probability: { shape: [time], values: probability },
    alternatives,
    alternativeProbabilities,
    loss: { shape: [], values: Float32Array.of(time > 1 ? nats / (time - 1) : 0) },
  };
}

/**
 * How much each symbol counts for one prediction: the length of the gradient of the log-probability of the symbol at
 * `at` by the input at each time step before it.
 *
 * @returns influence `[time]`, 0 from `at` on.
 */
export async function influenceOn(weights: Weights, symbols: Int32Array, at: number): Promise<NamedArrays> {
  const influence: NamedArray = { shape: [symbols.length], values: new Float32Array(symbols.length) };
  const place = Math.min(symbols.length - 1, Math.floor(at));
  if (!(place > 0)) return { influence };
  const taps = recordTaps(() => {
    const { loss, gradients } = computeGradients(() => {
      const logits = forward(weights, tf.tensor(symbols.slice(0, place), [1, place], 'int32'));
      const [, vocabulary] = logits.shape;
      const last: tf.Tensor2D = tf.slice(logits, [place - 1, 0], [1, vocabulary]);
      return lossOf(last, tf.tensor([symbols[place] ?? 0], [1], 'int32'));
    }, weights);
    tf.dispose([loss, gradients]);
  });
  try {
    const norms = tf.tidy(() => tf.sqrt(tf.sum(tf.square(taps.gradients['x'] as tf.Tensor), 2)));
    influence.values.set(await norms.data<'float32'>());
    norms.dispose();
    return { influence };
  } finally {
    disposeTaps(taps);
  }
}

/** Of the first text of a batch all that there is at each of its time steps, by the names of the spec: new tensors. */
export function insideOf(values: Readonly<Record<string, tf.Tensor>>): Record<string, tf.Tensor> {
  return Object.fromEntries(
    alongTime.flatMap((name): [string, tf.Tensor][] => {
      const tensor = values[name] ?? values[`lstm/${name}`];
      return tensor ? [[name, firstExample(tensor)]] : [];
    }),
  );
}
