import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '#src/training/protocol.ts';
import type { RunStorage, StoredRun } from '#src/training/storage.ts';
import { openPage, weightOf, showFrame } from './page.ts';
import { settle, until } from './workers.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('what the reader brings to learn from', () => {
  const starts = (page: ReturnType<typeof openPage>) => page.commands('start') as Extract<Command, { type: 'start' }>[];

  it('begins the run anew, paused, from the same seed, and goes with every later start', async () => {
    const page = openPage();
    await page.trainTo(4);
    page.run.setOwn('a text of mine', { units: 2 });
    await until(() => page.status() === 'paused');
    expect(page.run.getState()).toMatchObject({ step: 0, seed: 7, own: 'a text of mine', values: { units: 2 } });
    page.run.startAgain();
    page.run.newSeed(9);
    await until(() => page.status() === 'paused');
    expect(starts(page).map(({ own }) => own)).toEqual([undefined, ...Array<string>(3).fill('a text of mine')]);
    page.run.setOwn(undefined);
    await until(() => page.status() === 'paused');
    expect(starts(page).at(-1)).not.toHaveProperty('own');
    expect(page.run.getState()).not.toHaveProperty('own');
  });

  it('comes along when the worker is lost', async () => {
    const page = openPage();
    page.run.setOwn('mine');
    await until(() => page.status() === 'paused');
    page.newest().crash();
    await until(() => page.status() === 'paused');
    expect(starts(page).map(({ own }) => own)).toEqual(['mine', 'mine']);
  });
});

describe('storage', () => {
  function createMemory(works = true) {
    const kept = new Map<string, StoredRun>();
    const storage: RunStorage = {
      async save(id, run) {
        if (works) kept.set(id, structuredClone(run));
        return works;
      },
      load: async (id) => kept.get(id),
      remove: async (id) => void kept.delete(id),
    };
    return { storage, kept };
  }

  it('keeps a run at pause, and a later visit goes on from there to the same weights', async () => {
    const { storage, kept } = createMemory();
    const first = openPage({}, { storage, seed: 11 });
    await first.trainTo(10);
    first.run.setHyperparameters({ learningRate: 2 });
    await first.trainTo(20);
    await settle();
    expect(kept.get('digits')).toMatchObject({ seed: 11, checkpoint: { step: 20, journalLength: 1 } });

    const later = openPage({}, { storage });
    expect(await later.run.findStored()).toMatchObject({ checkpoint: { step: 20 } });
    await later.run.continueStored();
    await until(() => later.status() === 'paused');
    expect(later.run.getState()).toMatchObject({ seed: 11, step: 20, values: { learningRate: 2 } });
    expect(later.run.getState().notices[0]).toMatchObject({ code: 'checkpoint-restored', values: { step: 20 } });
    expect(later.run.getState().series['loss']?.steps).toHaveLength(20);
    await later.trainTo(25);
    await showFrame(later.run);
    expect(weightOf(later.run)).toBe(11 + 10 * 0.5 + 15 * 2);
  });

  it('says once that a browser keeps nothing, and trains on', async () => {
    const { run, trainTo } = openPage({}, { storage: createMemory(false).storage });
    await trainTo(10);
    await settle();
    await trainTo(20);
    await settle();
    expect(run.getState().notices).toEqual([{ code: 'storage-unavailable', values: {} }]);
  });

  it('does not take a run of another playground for its own', async () => {
    const { storage, kept } = createMemory();
    const first = openPage({}, { storage });
    await first.trainTo(10);
    await settle();
    const stored = kept.get('digits');
    if (stored) kept.set('digits', { ...stored, playgroundId: 'another' });
    const later = openPage({}, { storage });
    expect(await later.run.findStored()).toBeUndefined();
    await later.run.continueStored();
    expect(later.status()).toBe('idle');
  });
});
