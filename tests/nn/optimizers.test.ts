import { expect, it } from 'vitest';
import type { OptimizerKind } from '#src/nn/optimizers.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';
import { tensorsInMemory as tensorCount } from '#src/engine/backends.ts';
import { onEachBackend } from './backends.ts';

const kinds: readonly OptimizerKind[] = ['sgd', 'momentum', 'rmsprop', 'adam'];
const size = 12;

/** One weight in float64, straight from the papers: new weight from old, with what is remembered in `memory`. */
const formulas: Readonly<
  Record<OptimizerKind, (w: number, g: number, rate: number, step: number, memory: Record<string, number>) => number>
> = {
  sgd: (w, g, rate) => w - rate * g,
  momentum(w, g, rate, _step, memory) {
    memory.v = 0.9 * (memory.v ?? 0) + g;
    return w - rate * memory.v;
  },
  rmsprop(w, g, rate, _step, memory) {
    memory.s = 0.9 * (memory.s ?? 0) + 0.1 * g * g;
    return w - (rate * g) / (Math.sqrt(memory.s) + 1e-7);
  },
  adam(w, g, rate, step, memory) {
    memory.m = 0.9 * (memory.m ?? 0) + 0.1 * g;
    memory.s = 0.999 * (memory.s ?? 0) + 0.001 * g * g;
    const mean = memory.m / (1 - 0.9 ** step);
    const meanSquare = memory.s / (1 - 0.999 ** step);
    return w - (rate * mean) / (Math.sqrt(meanSquare) + 1e-7);
  },
};

/** Gradients and rates of step k, 1 the first: sizes from 1e-4 to 10, and a rate that changes. */
const gradientsAt = (step: number) =>
  createRandom(5, 'gradients', step)
    .normals(size)
    .map((g, i) => g * 10 ** ((i % 6) - 4));
const rateAt = (step: number) => 0.05 / (1 + step / 10);

/**
 * Weights after 12 updates, from optax 0.2.8 in float64: `sgd(rate)`, `sgd(rate, momentum=0.9)`,
 * `rmsprop(rate, decay=0.9, eps=1e-7, eps_in_sqrt=False)` and `adam(rate, eps=1e-7)`, where `rate` of update k is 0.1/k.
 */
const optax: Readonly<Record<OptimizerKind, readonly number[]>> = {
  sgd: [0.499757121, -1.24655595, 1.99674423, 0.37972583, 0.652633478],
  momentum: [0.499280628, -1.2421164, 2.00305267, 0.676569114, 4.18283207],
  rmsprop: [0.214319202, -0.976027367, 1.77993894, 0.25287666, -0.626100127],
  adam: [0.355264884, -1.11537015, 1.91967332, 0.126513764, -0.688122695],
};
const optaxStart = [0.5, -1.25, 2, 0, -0.75];
const optaxGradients = (step: number) => optaxStart.map((_, i) => (((7 * step + 5 * i) % 11) - 5) * 10 ** (i - 3));

onEachBackend('optimizers', () => {
  it.each(kinds)('%s agrees with its formula in float64 over 20 updates', async (kind) => {
    const start = createRandom(5, 'weights').normals(size);
    const variables = newVariables();
    const optimizer = createOptimizer(kind, variables);
    const expected = Float64Array.from(start);
    const memories = Array.from({ length: size }, (): Record<string, number> => ({}));
    for (let step = 1; step <= 20; step += 1) {
      update(optimizer, step);
      gradientsAt(step).forEach((g, i) => {
        expected[i] = formulas[kind](expected[i] ?? 0, g, rateAt(step), step, memories[i] ?? {});
      });
    }
    for (const variable of Object.values(variables)) {
      const found = await variable.data();
      expected.forEach((value, i) => {
        const error = Math.abs((found[i] ?? Number.NaN) - value) / Math.max(0.01, Math.abs(value));
        expect(error).toBeLessThan(1e-4);
      });
    }
    dispose(optimizer, variables);
  });

  it.each(kinds)('%s comes to the weights of optax after 12 updates at a rate that falls', async (kind) => {
    const variables = { w: tf.variable(tf.tensor(optaxStart)) };
    const optimizer = createOptimizer(kind, variables);
    for (let step = 1; step <= 12; step += 1) {
      tf.tidy(() => optimizer.apply({ w: tf.tensor(optaxGradients(step)) }, 0.1 / step));
    }
    const found = await variables.w.data();
    const errors = optax[kind].map((value, i) => Math.abs((found[i] ?? Number.NaN) - value));
    expect(Math.max(...errors)).toBeLessThan(2e-6);
    dispose(optimizer, variables);
  });

  it.each(kinds)('%s goes on from a checkpoint to the same weights, bit for bit', async (kind) => {
    const variables = newVariables();
    const optimizer = createOptimizer(kind, variables);
    for (let step = 1; step <= 5; step += 1) update(optimizer, step);
    const weights = await read(variables);
    const state = await read(optimizer.state());
    for (let step = 6; step <= 10; step += 1) update(optimizer, step);

    const again = { a: tf.variable(tf.tensor(weights.a ?? [], [3, 4])), b: tf.variable(tf.tensor(weights.b ?? [])) };
    const resumed = createOptimizer(kind, again);
    tf.tidy(() => {
      const tensors = Object.entries(optimizer.state()).map(([name, slot]) => [
        name,
        tf.tensor(state[name] ?? [], slot.shape),
      ]);
      resumed.restore(Object.fromEntries(tensors) as Record<string, tf.Tensor>, 5);
    });
    for (let step = 6; step <= 10; step += 1) update(resumed, step);

    expect(await read(again)).toEqual(await read(variables));
    expect(await read(resumed.state())).toEqual(await read(optimizer.state()));
    dispose(optimizer, variables);
    dispose(resumed, again);
  });

  it.each(kinds)('%s leaves nothing behind: neither a step nor dispose', (kind) => {
    const before = tensorCount();
    const variables = newVariables();
    const optimizer = createOptimizer(kind, variables);
    update(optimizer, 1);
    const after = tensorCount();
    for (let step = 2; step <= 5; step += 1) update(optimizer, step);
    expect(tensorCount()).toBe(after);
    dispose(optimizer, variables);
    expect(tensorCount()).toBe(before);
  });

  it('refuse a checkpoint that lacks a tensor', () => {
    const variables = newVariables();
    const optimizer = createOptimizer('adam', variables);
    expect(() => optimizer.restore({}, 3)).toThrow("The checkpoint has no 'a/mean'.");
    dispose(optimizer, variables);
  });
});

function newVariables() {
  const start = createRandom(5, 'weights').normals(size);
  return { a: tf.variable(tf.tensor(start, [3, 4])), b: tf.variable(tf.tensor(start, [size])) };
}

type Optimizer = ReturnType<typeof createOptimizer>;

function update(optimizer: Optimizer, step: number): void {
  tf.tidy(() => {
    const gradients = gradientsAt(step);
    optimizer.apply({ a: tf.tensor(gradients, [3, 4]), b: tf.tensor(gradients, [size]) }, rateAt(step));
  });
}

async function read(tensors: Readonly<Record<string, tf.Tensor>>): Promise<Record<string, Float32Array>> {
  const entries = Object.entries(tensors).map(async ([name, tensor]) => [name, await tensor.data()] as const);
  return Object.fromEntries(await Promise.all(entries)) as Record<string, Float32Array>;
}

function dispose(optimizer: Optimizer, variables: Record<string, tf.Variable>): void {
  optimizer.dispose();
  tf.dispose(variables);
}
