/** The memory task and its three networks in float64, by simple loops: nothing of the playground's own code. */
import { createRandom } from '#src/nn/random.ts';
import { reference, type Layer } from '../nn/recurrentReference.ts';
import { connect, crossEntropy } from '../playgrounds/float64.ts';

export const networks = ['rnn', 'gru', 'lstm'] as const;
export type Network = (typeof networks)[number];
export const layerOf: Readonly<Record<Network, Layer>> = { rnn: 'tanh', gru: 'gru', lstm: 'lstm' };

const LETTERS = 8;
export const FEATURES = 10;

/** Sequences `[batch, time, 10]` with what each asks for. */
export interface Batch {
  time: number;
  x: Float64Array;
  labels: number[];
}

/** @param delays for each sequence, from the marked letter to the cue. */
export function batchOf(letters: readonly number[], delays: readonly number[]): Batch {
  const time = letters.length / delays.length + 1;
  const x = new Float64Array(delays.length * time * FEATURES);
  const labels = delays.map((delay, sequence) => {
    for (let step = 0; step < time - 1; step += 1) {
      const letter = letters[sequence * (time - 1) + step] ?? 0;
      x[(sequence * time + step) * FEATURES + letter] = 1;
    }
    const marked = time - 1 - delay;
    x[(sequence * time + marked) * FEATURES + LETTERS] = 1;
    x[(sequence * time + time - 1) * FEATURES + LETTERS + 1] = 1;
    return letters[sequence * (time - 1) + marked] ?? Number.NaN;
  });
  return { time, x, labels };
}

/** What a step learns from without a curriculum: delays from 1 to the longest, all as likely. */
export function batchOfStep(seed: number, step: number, count: number, longest: number): Batch {
  const random = createRandom(seed, 'batch', step);
  const letters = Array.from({ length: count * (longest + 1) }, () => random.integer(LETTERS));
  const delays = Array.from({ length: count }, () => Math.floor((random.integer(65536) * longest) / 65536) + 1);
  return batchOf(letters, delays);
}

type Weights = Readonly<Record<string, Float64Array>>;

const of = (weights: Weights, name: string) => weights[name] ?? new Float64Array(0);

/** All that goes on inside a network, each `[batch, time, units]`. */
export function insideOf(
  network: Network,
  weights: Weights,
  { x, time, labels }: Batch,
  nudge?: Partial<Record<'hiddenState' | 'cellState', Float64Array>>,
) {
  const units = of(weights, `${network}Dense`).length / LETTERS;
  const size = { batch: labels.length, time, features: FEATURES, units };
  return reference(layerOf[network], size, {
    x,
    kernel: of(weights, `${network}Kernel`),
    recurrent: of(weights, `${network}Recurrent`),
    bias: of(weights, `${network}Bias`),
    ...(nudge && { nudge }),
  });
}

/** `[batch, 8]`, from the hidden state after the last step. */
export function logitsOf(
  network: Network,
  weights: Weights,
  batch: Batch,
  ...nudge: [Parameters<typeof insideOf>[3]?]
) {
  const { hiddenState = new Float64Array(0) } = insideOf(network, weights, batch, ...nudge);
  const units = of(weights, `${network}Dense`).length / LETTERS;
  const count = batch.labels.length;
  const last = Float64Array.from({ length: count * units }, (_, at) => {
    const sequence = Math.floor(at / units);
    return hiddenState[(sequence * batch.time + batch.time - 1) * units + (at % units)] ?? Number.NaN;
  });
  return connect(last, count, of(weights, `${network}Dense`), of(weights, `${network}DenseBias`));
}

export function lossOf(network: Network, weights: Weights, batch: Batch, ...nudge: [Parameters<typeof insideOf>[3]?]) {
  return crossEntropy(logitsOf(network, weights, batch, ...nudge), batch.labels);
}
