import { expect, it } from 'vitest';
import { COMPARED, activations } from '#src/playgrounds/rnn-cell/spec.ts';
import { createTask, spec } from '#src/playgrounds/rnn-cell/task.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { allowedValues, type Values } from '#src/training/spec.ts';
import { onEachBackend } from '../nn/backends.ts';

type Name = (typeof activations)[number];

const functions: Record<Name, (z: number) => number> = {
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  relu: (z) => Math.max(0, z),
};

const slopes: Record<Name, (z: number) => number> = {
  tanh: (z) => 1 - Math.tanh(z) ** 2,
  sigmoid: (z) => functions.sigmoid(z) * (1 - functions.sigmoid(z)),
  relu: (z) => (z > 0 ? 1 : 0),
};

const worked = { activation: 'relu', recurrentWeight: 1, inputWeight: 1, bias: 0, initialState: 0 };

async function look(values: Values, time = 0): Promise<NamedArrays> {
  const task = createTask(undefined, allowedValues(spec.hyperparameters, values));
  const snapshot = await task.snapshot({ time });
  task.dispose();
  return snapshot;
}

/** The same in float64: states, and gradients of the last state by each by the product of slopes. */
function reference(values: Values, name: Name) {
  const of = (key: string) => Number(allowedValues(spec.hyperparameters, values)[key]);
  let state = of('initialState');
  const sums: number[] = [];
  const states = Array.from({ length: COMPARED }, (_, time) => {
    const x = time < of('inputCount') ? of(`input${time}`) : 0;
    sums.push(of('recurrentWeight') * state + of('inputWeight') * x + of('bias'));
    state = functions[name](sums[time] ?? Number.NaN);
    return state;
  });
  let gradient = 1;
  const gradients = states.map(() => 1);
  for (let time = COMPARED - 1; time > 0; time -= 1) {
    gradient *= of('recurrentWeight') * slopes[name](sums[time] ?? Number.NaN);
    gradients[time - 1] = gradient;
  }
  return { states, sums, gradients };
}

/** One row of `[activation, time]`. */
function rowOf(array: NamedArrays[string] | undefined, name: Name): number[] {
  const at = activations.indexOf(name) * COMPARED;
  return [...(array?.values.subarray(at, at + COMPARED) ?? [])];
}

function expectClose(found: readonly number[], expected: readonly number[]) {
  expect(found).toHaveLength(expected.length);
  for (const [at, value] of expected.entries()) {
    expect(Math.abs((found[at] ?? Number.NaN) - value), `at ${at}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  }
}

onEachBackend('one recurrent cell', () => {
  it('adds up 1, 2, 3 to 1, 3, 6 with weights 1 and ReLU', async () => {
    const { states } = await look(worked);
    expect(rowOf(states, 'relu').slice(0, 4)).toEqual([1, 3, 6, 6]);
  });

  it('forgets half at each step with the recurrent weight 0.5: 1, 2.5, 4.25', async () => {
    const { states } = await look({ ...worked, recurrentWeight: 0.5 });
    expect(rowOf(states, 'relu').slice(0, 4)).toEqual([1, 2.5, 4.25, 2.125]);
  });

  it('stays between -1 and 1 with tanh where ReLU with the recurrent weight 1.2 passes 100 within 20 steps', async () => {
    const { states } = await look({ ...worked, recurrentWeight: 1.2 });
    expect(Math.max(...rowOf(states, 'tanh').map(Math.abs))).toBeLessThan(1);
    expect(rowOf(states, 'relu').at(-1)).toBeGreaterThan(100);
  });

  it.each([
    {},
    { recurrentWeight: -1.4, inputWeight: 0.7, bias: 0.3, initialState: -2, inputCount: 8, input5: -3, input7: 1.5 },
    { recurrentWeight: 1.1, inputWeight: -0.5, bias: 0.1, initialState: 1, inputCount: 1 },
  ])('has the states and gradients of float64 with each activation function: %o', async (values) => {
    const snapshot = await look(values);
    for (const name of activations) {
      const expected = reference(values, name);
      expectClose(rowOf(snapshot['states'], name), expected.states);
      expectClose(rowOf(snapshot['gradients'], name), expected.gradients);
    }
  });

  it.each(activations)(
    'shows a time step of %s from inside: what it finds, its sum, what it leaves, the slope',
    async (name) => {
      const values = { activation: name, recurrentWeight: 0.8, bias: 0.2, initialState: 0.5 };
      const { states, sums } = reference(values, name);
      for (const time of [0, 1, 2]) {
        const { before, x, z, h, slope } = await look(values, time);
        const found = [before, x, z, h, slope].map((array) => array?.values[0] ?? Number.NaN);
        const [sum = Number.NaN, found0 = Number.NaN] = [sums[time], time === 0 ? 0.5 : states[time - 1]];
        expectClose(found, [found0, time + 1, sum, functions[name](sum), slopes[name](sum)]);
      }
    },
  );

  it('looks at the last time step where the sequence is shorter', async () => {
    const { time, x } = await look({ inputCount: 2 }, 7);
    expect([time?.values[0], x?.values[0]]).toEqual([1, 2]);
  });

  it('draws the activation function from -6 to 6', async () => {
    for (const name of activations) {
      const { values = [] } = (await look({ activation: name }))['curve'] ?? {};
      const last = values.length - 1;
      expectClose(
        [...values],
        Array.from({ length: last + 1 }, (_, at) => functions[name](6 * ((2 * at) / last - 1))),
      );
    }
  });
});
