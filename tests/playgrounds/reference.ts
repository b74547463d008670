import { describe, expect, it } from 'vitest';
import { createRandom } from '#src/nn/random.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Values } from '#src/training/spec.ts';
import { createTask, dataOf, smallValues, weightsOf, type Playground } from './playgrounds.ts';

const SEED = 3;
const STEPS_BEFORE = 4;
const SAMPLES = 6; // numbers of each tensor
const DISTANCE = 1e-6;
const TOLERANCE = 2e-4; // relative; 5e-5 was measured on WASM and on the CPU

/** Promise 6: loss, gradients and update agree with float64 and with differences on both sides. */
export function agreesWithFloat64(subject: Playground): void {
  const { expectations } = subject;
  if (!expectations) return;
  const { cases, lossOf, update } = expectations.reference;

  async function compare(values: Values) {
    const data = await dataOf(subject);
    const task = await createTask(subject, values, SEED);
    const start = anyState(await task.checkpoint());
    task.restore(start, STEPS_BEFORE);
    const trace = await task.step({ trace: true });
    if (!trace) throw new Error('The step was not traced.');
    task.dispose();

    const weights = Object.fromEntries(
      Object.entries(weightsOf(start)).map(([name, tensor]) => [name, Float64Array.from(tensor.values)]),
    );
    const losses = () => lossOf(data, values, SEED, STEPS_BEFORE, weights);
    expectClose(trace.values['loss']?.values[0], losses().loss, 1e-5, 'loss');

    for (const [name, tensor] of Object.entries(weights)) {
      const gradients = trace.gradients[name]?.values ?? new Float32Array(0);
      const largest = Math.max(...Float64Array.from(gradients, Math.abs));
      expect(largest, `gradient of ${name}`).toBeGreaterThan(0);
      for (const at of sample(name, tensor.length)) {
        const place = `${name}[${at}] with ${JSON.stringify(values)}`;
        const { loss, total } = differences(losses, tensor, at);
        expectClose(gradients[at], loss, TOLERANCE, `gradient of ${place}`, largest * 0.05);
        const slots = slotsOf(start, name, at);
        const weight = tensor[at] ?? Number.NaN;
        const change = update(values, weight, total, slots, STEPS_BEFORE + 1) - weight;
        // The new weight is a float32: its last bit is as large as this.
        expectClose(trace.updates[name]?.values[at], change, TOLERANCE, `update of ${place}`, Math.abs(weight) * 1e-3);
      }
    }
  }

  describe('numbers', () => {
    it.each(cases.map((values) => [Object.values(values).join(', '), values] as const))(
      'agree with float64: %s',
      (_, values) => compare({ ...smallValues(subject), ...values }),
    );
  });
}

/** Some state of a run under way: nothing is 0, so that nothing stands on the kink of a ReLU. */
function anyState(checkpoint: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(checkpoint).map(([name, { shape, values }]) => {
      const noise = createRandom(SEED, name).normals(values.length);
      const changed = Float32Array.from(values, (value, at) => {
        const random = noise[at] ?? 0;
        if (!name.includes('/')) return value + 0.1 * random;
        return /square/i.test(name) ? (0.02 * random) ** 2 + 1e-6 : 0.02 * random;
      });
      return [name, { shape, values: changed }];
    }),
  );
}

/** What the optimizer remembers of one number, by slot. */
function slotsOf(state: NamedArrays, weight: string, at: number): Record<string, number> {
  const own = Object.entries(state).filter(([name]) => name.startsWith(`${weight}/`));
  return Object.fromEntries(own.map(([name, { values }]) => [name.split('/')[1] ?? '', values[at] ?? Number.NaN]));
}

function sample(name: string, count: number): number[] {
  return [...createRandom(SEED, `sample of ${name}`).shuffled(count).subarray(0, SAMPLES)];
}

/** Slopes along one number. */
function differences(losses: () => { loss: number; total: number }, tensor: Float64Array, at: number) {
  const value = tensor[at] ?? Number.NaN;
  tensor[at] = value + DISTANCE;
  const above = losses();
  tensor[at] = value - DISTANCE;
  const below = losses();
  tensor[at] = value;
  return {
    loss: (above.loss - below.loss) / (2 * DISTANCE),
    total: (above.total - below.total) / (2 * DISTANCE),
  };
}

/** @param least what counts as the size of a number that is smaller. */
function expectClose(found: number | undefined, expected: number, relative: number, what: string, least = 0): void {
  const error = Math.abs((found ?? Number.NaN) - expected) / Math.max(Math.abs(expected), least);
  expect(error, `${what}: ${found} for ${expected}`).toBeLessThan(relative);
}
