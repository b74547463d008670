import { expect, it } from 'vitest';
import { spectralRadius } from '#src/math/spectralRadius.ts';
import { examples } from '#src/playgrounds/unrolled/views/examples.ts';
import { createTask, spec } from '#src/playgrounds/unrolled/task.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { allowedValues, type Values } from '#src/training/spec.ts';
import { onEachBackend } from '../nn/backends.ts';

const SEED = 7;

async function look(values: Values, seed = SEED): Promise<NamedArrays> {
  const task = createTask(undefined, allowedValues(spec.hyperparameters, values), seed);
  const snapshot = await task.snapshot({});
  task.dispose();
  return snapshot;
}

const activations: Record<string, { value: (z: number) => number; slope: (h: number) => number }> = {
  tanh: { value: Math.tanh, slope: (h) => 1 - h * h },
  linear: { value: (z) => z, slope: () => 1 },
  relu: { value: (z) => Math.max(0, z), slope: (h) => (h > 0 ? 1 : 0) },
};

type Weights = Record<'kernel' | 'recurrent' | 'bias', Float64Array>;

function weightsOf(snapshot: NamedArrays): Weights {
  const of = (name: string) => Float64Array.from(snapshot[name]?.values ?? []);
  return { kernel: of('kernel'), recurrent: of('recurrent'), bias: of('bias') };
}

function rowsOf(array: NamedArrays[string] | undefined): number[][] {
  const [count = 0, width = 0] = array?.shape ?? [];
  return Array.from({ length: count }, (_, row) => [...(array?.values.subarray(row * width, (row + 1) * width) ?? [])]);
}

/** The states in float64, by loops. */
function unroll({ kernel, recurrent, bias }: Weights, inputs: readonly number[][], activation: string): number[][] {
  let before = [...bias].map(() => 0);
  return inputs.map((x) => {
    before = [...bias].map((b, unit) => {
      const fromInput = x.reduce((sum, value, at) => sum + value * (kernel[at * bias.length + unit] ?? 0), 0);
      const fromState = before.reduce((sum, value, at) => sum + value * (recurrent[at * bias.length + unit] ?? 0), 0);
      return activations[activation]?.value(fromInput + fromState + b) ?? Number.NaN;
    });
    return before;
  });
}

/** The gradient by each state, from the one by the last back through slopes and transposed recurrent weights. */
function backwards({ recurrent }: Weights, states: readonly number[][], last: readonly number[], activation: string) {
  let gradient = [...last];
  const gradients = [gradient];
  for (const state of states.slice(1).reverse()) {
    const sums = gradient.map((value, unit) => value * (activations[activation]?.slope(state[unit] ?? 0) ?? 0));
    gradient = sums.map((_, to) =>
      sums.reduce((sum, value, from) => sum + value * (recurrent[to * sums.length + from] ?? 0), 0),
    );
    gradients.unshift(gradient);
  }
  return gradients;
}

/** Half the squared distance of the last state from its target, which does not move with the weights. */
function lossOf(weights: Weights, inputs: readonly number[][], activation: string, target: readonly number[]): number {
  const last = unroll(weights, inputs, activation).at(-1) ?? [];
  return 0.5 * last.reduce((sum, value, unit) => sum + (value - (target[unit] ?? 0)) ** 2, 0);
}

function expectClose(found: readonly number[], expected: readonly number[], relative: number, what: string) {
  const size = Math.max(...expected.map(Math.abs));
  expect(found).toHaveLength(expected.length);
  for (const [at, value] of expected.entries())
    expect(Math.abs((found[at] ?? Number.NaN) - value), `${what}, ${at}`).toBeLessThan(relative * size);
}

const cases: readonly Values[] = [
  {},
  { activation: 'tanh', spectralRadius: 1.5, unrolledSteps: 12, inputScale: 1, stateSize: 8 },
  { activation: 'linear', spectralRadius: 1.2, unrolledSteps: 40 },
  { activation: 'relu', spectralRadius: 1.4, unrolledSteps: 25, stateSize: 32 },
  { activation: 'linear', recurrentMatrix: 'orthogonal', spectralRadius: 0.5, unrolledSteps: 60 },
  { unrolledSteps: 1 },
];

onEachBackend('an unrolled layer', () => {
  it.each(cases)('has the states and the gradients through time of float64 loops: %o', async (values) => {
    const snapshot = await look(values);
    const { activation } = allowedValues(spec.hyperparameters, values);
    const weights = weightsOf(snapshot);
    const states = unroll(weights, rowsOf(snapshot['inputs']), String(activation));
    const found = rowsOf(snapshot['stateGradients']);
    const gradients = backwards(weights, states, found.at(-1) ?? [], String(activation));
    for (const [time, state] of states.entries()) {
      expectClose(rowsOf(snapshot['states'])[time] ?? [], state, 1e-4, `state ${time}`);
      expectClose(found[time] ?? [], gradients[time] ?? [], 1e-4, `gradient ${time}`);
    }
    expectClose(
      [...(snapshot['norms']?.values ?? [])],
      gradients.map((row) => Math.hypot(...row)),
      1e-4,
      'norms',
    );
  });

  it('has gradients by states that numeric differences give: the loss moves by them as a state is moved', async () => {
    const snapshot = await look({ unrolledSteps: 6, stateSize: 8 });
    const weights = weightsOf(snapshot);
    const inputs = rowsOf(snapshot['inputs']);
    const states = unroll(weights, inputs, 'tanh');
    const [, , , ...after] = inputs;
    const way = (rowsOf(snapshot['stateGradients']).at(-1) ?? []).map((value) => -value);
    const target = (states.at(-1) ?? []).map((value, unit) => value + (way[unit] ?? 0));
    const lossFrom = (state: readonly number[]) => {
      let before = [...state];
      for (const x of after) {
        const [next = []] = unroll({ ...weights, bias: addRecurrent(weights, before) }, [x], 'tanh');
        before = next;
      }
      return 0.5 * before.reduce((sum, value, unit) => sum + (value - (target[unit] ?? 0)) ** 2, 0);
    };
    const state = states[2] ?? [];
    const slopes = state.map((_, unit) => {
      const moved = (by: number) => lossFrom(state.map((value, at) => (at === unit ? value + by : value)));
      return (moved(1e-5) - moved(-1e-5)) / 2e-5;
    });
    expectClose(rowsOf(snapshot['stateGradients'])[2] ?? [], slopes, 1e-4, 'gradient');
  });

  it.each(cases)('has the loss of float64 after a plain and after a clipped step: %o', async (given) => {
    const values = { learningRate: 1e-3, clipNorm: 0.5, ...given };
    const snapshot = await look(values);
    const activation = String(allowedValues(spec.hyperparameters, values)['activation']);
    const weights = weightsOf(snapshot);
    const inputs = rowsOf(snapshot['inputs']);
    const states = unroll(weights, inputs, activation);
    const last = rowsOf(snapshot['stateGradients']).at(-1) ?? [];
    const target = (states.at(-1) ?? []).map((value, unit) => value - (last[unit] ?? 0));
    const gradients = gradientsByWeights(weights, inputs, states, last, activation);
    const norm = Math.hypot(...Object.values(gradients).flatMap((values64) => [...values64]));
    const factor = Math.min(1, 0.5 / norm);
    const number = (name: string) => snapshot[name]?.values[0] ?? Number.NaN;
    expect(number('loss')).toBeCloseTo(0.5, 6);
    expect(Math.abs(number('weightNorm') / norm - 1)).toBeLessThan(1e-4);
    expect(Math.abs(number('clipFactor') / factor - 1)).toBeLessThan(1e-4);
    for (const [name, by] of [
      ['plainLoss', 1],
      ['clippedLoss', factor],
    ] as const) {
      const after = lossOf(descend(weights, gradients, 1e-3 * by), inputs, activation, target);
      // What explodes magnifies the rounding of float32, too.
      expect(Math.abs(number(name) / after - 1), name).toBeLessThan(after > 1 ? 0.02 : 1e-3);
    }
  });

  it('has recurrent weights of the spectral radius asked for, random and orthogonal', async () => {
    for (const recurrentMatrix of ['random', 'orthogonal'])
      for (const radius of [0.2, 1, 2]) {
        const { recurrent } = await look({ recurrentMatrix, spectralRadius: radius });
        expect(spectralRadius(recurrent?.values ?? [])).toBeCloseTo(radius, 5);
      }
  });

  it('follows the radius to the power of the steps where weights are orthogonal and nothing bends', async () => {
    for (const radius of [0.2, 0.9, 1, 1.1, 2]) {
      const { norms } = await look({
        recurrentMatrix: 'orthogonal',
        activation: 'linear',
        spectralRadius: radius,
        unrolledSteps: 40,
      });
      for (const [time, norm] of [...(norms?.values ?? [])].entries())
        expect(Math.abs(norm / radius ** (39 - time) - 1)).toBeLessThan(1e-4);
    }
  });

  it('vanishes, arrives and explodes where its examples say so, from three seeds of three', async () => {
    for (const seed of [7, 1, 2]) {
      const first = async (name: keyof typeof examples) => (await look(examples[name], seed))['norms']?.values[0];
      expect(await first('vanishing')).toBeLessThan(1e-6);
      expect(await first('arriving')).toBeCloseTo(1, 4);
      expect(await first('exploding')).toBeGreaterThan(50);
    }
  });

  it('is saved by clipping where it explodes: the plain step ruins the loss, the clipped one lowers it', async () => {
    const { plainLoss, clippedLoss } = await look(examples.exploding);
    expect(plainLoss?.values[0]).toBeGreaterThan(1e5);
    expect(clippedLoss?.values[0]).toBeLessThan(0.5);
  });

  it('keeps the proportion of early to late gradients under clipping: one factor for all', async () => {
    const loose = await look({ ...examples.vanishing, clipNorm: 10 });
    const tight = await look({ ...examples.vanishing, clipNorm: 0.1 });
    expect(loose['clipFactor']?.values[0]).toBe(1);
    expect(tight['clipFactor']?.values[0]).toBeLessThan(0.1);
    expect(tight['norms']).toEqual(loose['norms']);
  });

  it('draws other weights and inputs from another seed, the same from the same', async () => {
    expect(await look({}, 3)).toEqual(await look({}, 3));
    expect((await look({}, 4))['recurrent']).not.toEqual((await look({}, 3))['recurrent']);
  });

  it('keeps its first inputs when it is pulled out further', async () => {
    const [short, long] = [await look({ unrolledSteps: 5 }), await look({ unrolledSteps: 50 })];
    expect(rowsOf(long['states']).slice(0, 5)).toEqual(rowsOf(short['states']));
  });
});

/** The bias of a first time step that finds this state. */
function addRecurrent({ recurrent, bias }: Weights, before: readonly number[]): Float64Array {
  return bias.map(
    (b, unit) => b + before.reduce((sum, value, at) => sum + value * (recurrent[at * bias.length + unit] ?? 0), 0),
  );
}

function gradientsByWeights(
  weights: Weights,
  inputs: readonly number[][],
  states: readonly number[][],
  last: readonly number[],
  activation: string,
): Weights {
  const through = backwards(weights, states, last, activation);
  const { kernel, recurrent, bias } = weights;
  const gradients = {
    kernel: new Float64Array(kernel.length),
    recurrent: new Float64Array(recurrent.length),
    bias: new Float64Array(bias.length),
  };
  const add = (to: Float64Array, at: number, value: number) => (to[at] = (to[at] ?? 0) + value);
  for (const [time, gradient] of through.entries()) {
    for (const [unit, value] of gradient.entries()) {
      const sum = value * (activations[activation]?.slope(states[time]?.[unit] ?? 0) ?? 0);
      add(gradients.bias, unit, sum);
      inputs[time]?.forEach((x, at) => add(gradients.kernel, at * bias.length + unit, x * sum));
      states[time - 1]?.forEach((h, at) => add(gradients.recurrent, at * bias.length + unit, h * sum));
    }
  }
  return gradients;
}

function descend(weights: Weights, gradients: Weights, rate: number): Weights {
  const step = (name: keyof Weights) => weights[name].map((value, at) => value - rate * (gradients[name][at] ?? 0));
  return { kernel: step('kernel'), recurrent: step('recurrent'), bias: step('bias') };
}
