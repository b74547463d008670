import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRun } from '#src/training/run.ts';
import { spec } from './fakeTask.ts';
import { openPage, weightOf, showFrame } from './page.ts';
import { settle, until } from './workers.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('two runs on a page', () => {
  it('have the device one at a time: a second pauses the first, which goes on to the same weights', async () => {
    const page = openPage();
    const second = createRun({ id: 'other', spec, client: page.client, seed: 50 });
    page.eachTurn(() => page.module.calls.at(-1) === 'step 33' && second.run());
    page.run.run();
    await until(() => second.getState().status === 'running');
    expect(page.status()).toBe('paused');
    expect(page.run.getState().step).toBe(33); // its last report came after it had given up the device
    expect(page.module.alive).toBe(1);

    page.run.setHyperparameters({ learningRate: 1 });
    expect(second.getState().status).toBe('running');
    page.eachTurn(() => page.module.calls.at(-1) === 'step 40' && page.run.pause());
    page.run.run();
    expect(second.getState().status).toBe('paused');
    await until(() => page.status() === 'paused' && page.run.getState().step === 40);
    await showFrame(page.run);
    expect(weightOf(page.run)).toBe(7 + 33 * 0.5 + 7);
    expect(page.run.getState().journal).toEqual([
      { step: 33, type: 'set-hyperparameters', values: { learningRate: 1 } },
    ]);
  });

  it('do not let the first hang in loading when the second starts at once', async () => {
    const page = openPage();
    const second = createRun({ id: 'other', spec, client: page.client });
    page.run.run();
    second.run();
    await until(() => second.getState().status === 'running');
    await settle();
    expect(page.status()).toBe('paused');
    page.run.run();
    await until(() => page.status() === 'running');
    expect(second.getState().status).toBe('paused');
  });

  it('do not disturb each other by speed, frames or silence', async () => {
    const page = openPage();
    const second = createRun({ id: 'other', spec, client: page.client });
    await page.trainTo(20);
    await showFrame(page.run);
    page.run.requestFrame();
    second.run();
    page.run.setSpeed(4);
    page.run.requestFrame();
    page.run.checkpoint();
    await until(() => second.getState().status === 'running');
    vi.advanceTimersByTime(60_000);
    expect(page.workers).toHaveLength(1);
    expect(second.getState().status).toBe('running');
    page.run.run();
    await until(() => page.status() === 'running');
    expect(page.commands('start').at(-1)).toMatchObject({ stepsPerSecond: 4 });
  });
});

describe('a playground that only computes', () => {
  const computes = { ...spec, kind: 'computes' as const };

  it('has the device as soon as something is asked of it, and again after another run', async () => {
    const page = openPage({}, { spec: computes });
    page.run.setHyperparameters({ learningRate: 0.25 });
    await until(() => page.status() === 'paused');
    const other = createRun({ id: 'other', spec, client: page.client });
    other.run();
    await until(() => other.getState().status === 'running');
    page.run.setHyperparameters({ learningRate: 0.125 });
    await until(() => page.run.getState().journal.length === 1);
    expect(other.getState().status).toBe('paused');
    expect(page.run.getState()).toMatchObject({ status: 'paused', values: { learningRate: 0.125 } });
  });

  it('keeps nothing in storage', async () => {
    const saved: string[] = [];
    const storage = {
      save: async (id: string) => saved.push(id) > 0,
      load: async () => undefined,
      remove: async () => {},
    };
    const page = openPage({}, { spec: computes, storage });
    page.run.stepOnce();
    await until(() => page.run.getState().step === 1);
    await page.run.save();
    expect(saved).toEqual([]);
  });
});
