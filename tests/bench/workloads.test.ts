import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, stopBackend, tensorsInMemory } from '#src/engine/backends.ts';
import { workloadNames } from './data.ts';
import { expectedLosses } from './losses.ts';
import { createReplayed } from './workers/program.ts';
import { workloads } from './workloads/index.ts';
import { own } from './workloads/own.ts';

/** Six updates of Adam in float32, each library with sums in an order of its own. */
const tolerance = 2e-4;

describe('the networks of the bench', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it.each(workloadNames)('%s: six steps give the losses of jax-js, and leave no tensor behind', async (name) => {
    const before = tensorsInMemory();
    const workload = workloads[name](expectedLosses.seed, own);
    for (let step = 0; step < 6; step++) workload.step();
    const losses = await workload.readLosses();
    workload.dispose();

    expect(losses).toHaveLength(6);
    losses.forEach((loss, step) => {
      const expected = expectedLosses[name][step] ?? Number.NaN;
      expect(Math.abs(loss - expected) / expected, `step ${step + 1}`).toBeLessThan(tolerance);
    });
    expect(tensorsInMemory()).toBe(before);
  });

  it.each(workloadNames)(
    '%s: a program takes over within eight steps and gives the plain losses, bit for bit',
    async (name) => {
      const plain = workloads[name](3, own);
      const replayed = createReplayed(workloads[name](3, own));
      const losses: number[] = [];
      for (let step = 0; step < 8; step++) {
        plain.step();
        await replayed.step();
        losses.push(await replayed.readLoss());
      }

      expect(replayed.taken().step).toBeLessThan(8);
      expect(losses).toEqual(await plain.readLosses());
    },
  );
});
