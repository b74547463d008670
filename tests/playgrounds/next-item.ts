import { createBatchOrder } from '#src/nn/imageBatches.ts';
import { createRandom } from '#src/nn/random.ts';
import { connect, crossEntropy, optimizers } from './float64.ts';
import type { Expectations, Reference } from './playgrounds.ts';

const small = { sessions: 100, batchSize: 8, units: 8, embedding: 4 };

/** The shop's items, and the clicks of its longest session. */
const ITEMS = 64;
const LONGEST = 12;

type Numbers = Float64Array<ArrayBufferLike>;

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** What a layer has after one symbol: gates i, f, o, candidate k, cell c and hidden state h. */
export type LstmStep = Readonly<Record<'i' | 'f' | 'k' | 'o' | 'c' | 'h', Numbers>>;

/**
 * An LSTM over one session, symbol by symbol; the gates i, f, k, o lie side by side in the weights.
 *
 * @param pushes added to the hidden states: what follows is computed from the sum.
 */
export function runLstm(
  inputs: readonly Numbers[],
  [kernel, recurrent, bias]: readonly [kernel: Numbers, recurrent: Numbers, bias: Numbers],
  pushes: readonly (Numbers | undefined)[] = [],
): LstmStep[] {
  const units = bias.length / 4;
  let h: Numbers = new Float64Array(units);
  let c: Numbers = new Float64Array(units);
  return inputs.map((x, time) => {
    const z = bias.map((b, gate) => {
      let sum = b;
      x.forEach((input, at) => (sum += input * (kernel[at * 4 * units + gate] ?? NaN)));
      h.forEach((state, at) => (sum += state * (recurrent[at * 4 * units + gate] ?? NaN)));
      return sum;
    });
    const part = (at: number) => z.subarray(at * units, (at + 1) * units);
    const [i, f, k, o] = [part(0).map(sigmoid), part(1).map(sigmoid), part(2).map(Math.tanh), part(3).map(sigmoid)];
    c = c.map((cell, unit) => (f[unit] ?? NaN) * cell + (i[unit] ?? NaN) * (k[unit] ?? NaN));
    h = c.map((cell, unit) => (o[unit] ?? NaN) * Math.tanh(cell) + (pushes[time]?.[unit] ?? 0));
    return { i, f, k, o, c, h };
  });
}

const lossOf: Reference['lossOf'] = (data, values, seed, steps, weights) => {
  const { train } = data as { train: readonly (readonly number[])[] };
  const learnt = train.slice(0, Number(values['sessions']));
  const batch = Number(values['batchSize']);
  const units = Number(values['units']);
  const rate = Number(values['dropout']);
  const size = Number(values['embedding']);
  const tensor = (name: string) => weights[name] ?? new Float64Array(0);
  const noise = createRandom(seed, 'dropout', steps).uniforms(batch * units);
  const rows: Numbers[] = [];
  const labels: number[] = [];
  for (const [row, at] of createBatchOrder(learnt.length, batch, seed)(steps).entries()) {
    const session = learnt[at] ?? [];
    const drop = (states: readonly Numbers[]) =>
      states.map((h) => h.map((state, unit) => ((noise[row * units + unit] ?? NaN) < rate ? 0 : state / (1 - rate))));
    const embedded = [ITEMS, ...session.slice(0, -1)].map((symbol) =>
      tensor('embedding').subarray(symbol * size, (symbol + 1) * size),
    );
    const layer = (name: string) =>
      [tensor(`${name}Kernel`), tensor(`${name}Recurrent`), tensor(`${name}Bias`)] as const;
    let states = runLstm(embedded, layer('lstm')).map(({ h }) => h);
    if (weights['upperBias']) states = runLstm(drop(states), layer('upper')).map(({ h }) => h);
    rows.push(...drop(states));
    labels.push(...session);
  }
  const features = Float64Array.from(rows.flatMap((row) => [...row]));
  const loss = crossEntropy(connect(features, rows.length, tensor('denseWeights'), tensor('denseBias')), labels);
  return { loss, total: loss };
};

export const expectations: Expectations = {
  // 0.796, 0.794 and 0.793 were measured from seeds 7, 1 and 2; a Markov chain has 0.633, popularity 0.257.
  learns: { seed: 7, steps: 500, metric: 'hit-rate-10', above: 0.77 },
  small,
  question: { type: 'recommend', clicks: [8, 1, 2] },
  edit: { type: 'add-session', items: [3, 1, 4, 5, 9] },
  strayEdits: [
    [],
    [3],
    [3, ITEMS],
    [3, -1],
    [3, 0.5],
    [3, Number.NaN],
    Array.from({ length: LONGEST + 1 }, (_, at) => at),
  ]
    .map((items): Expectations['edit'] => ({ type: 'add-session', items }))
    .concat([{ type: 'add-session' }, { type: 'add-session', items: '3, 1' }]),
  changes: [{ learningRate: 0.02 }, { dropout: 0.5 }],
  shapes(values) {
    const [units = 0, size = 0] = ['units', 'embedding'].map((name) => Number(values[name]));
    return {
      x: [5],
      embedding: [ITEMS + 1, size],
      embedded: [5, size],
      lstmKernel: [size, 4 * units],
      lstmRecurrent: [units, 4 * units],
      lstmBias: [4 * units],
      ...Object.fromEntries(
        ['inputGate', 'forgetGate', 'candidate', 'outputGate', 'cellState', 'hiddenState'].map((part) => [
          part,
          [5, units],
        ]),
      ),
      denseWeights: [units, ITEMS],
      denseBias: [ITEMS],
      logits: [ITEMS],
      probabilities: [ITEMS],
      popularity: [ITEMS],
      markov: [ITEMS],
      best: [ITEMS],
      quality: [4, 2],
      session: [8],
      next: [],
      loss: [],
    };
  },
  reference: {
    cases: [1, 2].flatMap((layers) => [0, 0.4].map((dropout) => ({ layers, dropout, learningRate: 0.05 }))),
    lossOf,
    update(values, weight, gradient, slots, step) {
      return optimizers['adam']?.(weight, gradient, Number(values['learningRate']), slots, step) ?? NaN;
    },
  },
};
