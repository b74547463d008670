import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient, type Client } from '#src/training/client.ts';
import type { Checkpoint } from '#src/training/journal.ts';
import type { Command, Report } from '#src/training/protocol.ts';
import { createRun, type Run } from '#src/training/run.ts';
import type { RunStorage, StoredRun } from '#src/training/storage.ts';
import { createFakeModule, spec, type FakeBehaviour } from './fakeTask.ts';
import { createHost, createWorkers, settle, until, type FakeWorker } from './workers.ts';

type Options = Partial<Parameters<typeof createRun>[0]>;

/** A page with one run, and real servers with a fake task behind it. */
function openPage(behaviour: FakeBehaviour = {}, options: Options = {}) {
  const module = createFakeModule(behaviour);
  const clock = { now: 0 };
  let onTurn: (worker: FakeWorker) => void = () => undefined;
  const workers = createWorkers(createHost({ fake: module }, { now: () => clock.now++ }), (worker) => onTurn(worker));
  const client = createClient(workers.create);
  const run = createRun({ id: 'digits', spec, client, ...options });
  return {
    run,
    module,
    clock,
    client,
    ...workers,
    status: () => run.getState().status,
    commands: (type: Command['type']) => workers.workers.flatMap((one) => one.commands).filter((c) => c.type === type),
    /** What to do between two steps at full speed. */
    eachTurn: (act: (worker: FakeWorker) => void) => void (onTurn = act),
    /** Lets the run train until it has done so many steps, then pauses it there. */
    async trainTo(step: number) {
      await until(() => run.getState().status !== 'loading');
      onTurn = () => stepsOf(module.calls) === step && run.pause();
      run.run();
      await until(() => run.getState().status === 'paused' && run.getState().step === step, `step ${step}`);
      onTurn = () => undefined;
    },
  };
}

/** Number of the step done last. */
const stepsOf = (calls: readonly string[]) =>
  Number(calls.findLast((call) => /^(step|restore at) \d/.test(call))?.match(/\d+/)?.[0] ?? 0);

const weightOf = (run: Run) => run.getState().snapshot?.['weight']?.values[0];

async function showFrame(run: Run) {
  run.requestFrame();
  await until(() => !run.isFrameWanted(), 'a frame');
}

const checkpointAt = (step: number, weight: number): Checkpoint => ({
  step,
  journalLength: 0,
  tensors: { weight: { shape: [1], values: Float32Array.of(weight) } },
});

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('a run on the page', () => {
  it('starts, shows frames with metrics, pauses and goes on', async () => {
    const { run, status, trainTo } = openPage();
    expect(run.getState()).toMatchObject({ status: 'idle', seed: 7, step: 0, values: { learningRate: 0.5, units: 4 } });
    run.run();
    expect(status()).toBe('loading');
    await until(() => status() === 'running');
    expect(run.getState()).toMatchObject({ backend: { name: 'wasm' }, parameters: 1 });
    await trainTo(40);
    await showFrame(run);
    const { series, snapshot, isStored } = run.getState();
    expect(series['loss']?.steps).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(series['loss']?.values.at(-1)).toBe(2 / 40);
    expect(snapshot?.['weight']?.values).toEqual(Float32Array.of(7 + 40 * 0.5));
    expect(isStored).toBe(false);
    run.run();
    await until(() => status() === 'running' && run.getState().step >= 40);
  });

  it('asks for one frame at a time, of what the reader looks at', async () => {
    const { run, commands, trainTo } = openPage();
    await trainTo(2);
    run.setView({ example: 6 });
    run.requestFrame();
    run.requestFrame();
    expect(commands('request-frame')).toHaveLength(1);
    expect(commands('request-frame')[0]).toMatchObject({ view: { example: 6 } });
    await until(() => !run.isFrameWanted());
    run.requestFrame();
    expect(commands('request-frame')).toHaveLength(2);
  });

  it('keeps its weights when the learning rate changes, and writes where into its journal', async () => {
    const { run, trainTo, commands } = openPage();
    await trainTo(10);
    run.setHyperparameters({ learningRate: 2 });
    expect(run.getState().values['learningRate']).toBe(2); // the slider never waits
    await until(() => run.getState().journal.length === 1);
    expect(run.getState().journal).toEqual([{ step: 10, type: 'set-hyperparameters', values: { learningRate: 2 } }]);
    await trainTo(12);
    await showFrame(run);
    expect(weightOf(run)).toBe(7 + 10 * 0.5 + 2 * 2);
    expect(commands('start')).toHaveLength(1);
  });

  it('restarts from the same seed when the number of units changes, running if it ran', async () => {
    const { run, trainTo, commands, status } = openPage();
    await trainTo(10);
    run.setHyperparameters({ units: 8 });
    await until(() => status() === 'paused');
    expect(run.getState()).toMatchObject({ step: 0, seed: 7, series: {}, journal: [], values: { units: 8 } });
    run.run();
    await until(() => status() === 'running');
    run.setHyperparameters({ units: 2 });
    await until(() => status() === 'running');
    expect(commands('start').map((command) => 'seed' in command && [command.seed, command.hyperparameters])).toEqual([
      [7, { learningRate: 0.5, units: 4 }],
      [7, { learningRate: 0.5, units: 8 }],
      [7, { learningRate: 0.5, units: 2 }],
    ]);
  });

  it('trains after several changes in a row if it trained before the first, and else waits', async () => {
    const { run, status } = openPage();
    run.run();
    await until(() => status() === 'running');
    run.setHyperparameters({ units: 5 });
    run.newSeed(9);
    run.startAgain();
    expect(status()).toBe('loading');
    await until(() => status() !== 'loading');
    expect(status()).toBe('running');
    run.pause();
    await until(() => status() === 'paused');
    run.newSeed(10);
    run.newSeed(11);
    await until(() => status() !== 'loading');
    expect(status()).toBe('paused');
  });

  it('starts again with the values that the controls show, and the same seed', async () => {
    const { run, trainTo, commands, status } = openPage();
    await trainTo(5);
    run.setHyperparameters({ learningRate: 0.25 });
    await until(() => run.getState().journal.length === 1);
    run.startAgain();
    await until(() => status() === 'paused');
    expect(run.getState()).toMatchObject({ step: 0, seed: 7, journal: [], series: {} });
    expect(commands('start')[1]).toMatchObject({ seed: 7, hyperparameters: { learningRate: 0.25 }, journal: [] });
    await trainTo(4);
    await showFrame(run);
    expect(weightOf(run)).toBe(7 + 4 * 0.25);
  });

  it('takes another seed when it is told to', async () => {
    const { run, trainTo } = openPage();
    await trainTo(5);
    run.newSeed(100);
    await trainTo(2);
    await showFrame(run);
    expect(run.getState().seed).toBe(100);
    expect(weightOf(run)).toBe(101);
  });

  it('does one step at a time, traced or not, from the first on', async () => {
    const { run, status } = openPage();
    run.stepOnce();
    await until(() => run.getState().step === 1 && status() === 'paused');
    run.stepOnce(true);
    await until(() => run.getState().trace?.step === 2);
    await until(() => run.getState().step === 2);
    run.leaveTrace();
    expect(run.getState().trace).toBeUndefined();
    expect(status()).toBe('paused');
  });

  it('tells every change to those who listen, and nothing to those who left', async () => {
    const { run, trainTo } = openPage();
    const [stays, leaves] = [vi.fn(), vi.fn()];
    run.subscribe(stays);
    run.subscribe(leaves)();
    await trainTo(2);
    expect(stays).toHaveBeenCalled();
    expect(leaves).not.toHaveBeenCalled();
  });

  it('drops reports of a run that is no longer current', async () => {
    const { run, trainTo, newest } = openPage();
    await trainTo(3);
    const before = run.getState();
    const old = { type: 'state', runId: 'digits-0', state: 'running', step: 99, metrics: [] } as const;
    newest().onmessage?.({ data: old } as unknown as MessageEvent<Report>);
    expect(run.getState()).toBe(before);
  });

  it('is tried again as it was started: one step, or on and on', async () => {
    let isBroken = true;
    const load = () => (isBroken ? Promise.reject(new Error('nothing there')) : Promise.resolve('data'));
    for (const isPaused of [true, false]) {
      isBroken = true;
      const { run, status } = openPage({ load });
      if (isPaused) run.stepOnce();
      else run.run();
      await until(() => status() === 'failed');
      isBroken = false;
      run.retry();
      await until(() => status() === (isPaused ? 'paused' : 'running'));
    }
  });

  it('shows a failure with its code, and tries again when Run is pressed', async () => {
    let isBroken = true;
    const { run, status } = openPage({
      load: () => (isBroken ? Promise.reject(new Error('nothing there')) : Promise.resolve('data')),
    });
    run.run();
    await until(() => status() === 'failed');
    expect(run.getState().failure).toEqual({ code: 'unexpected', detail: 'nothing there' });
    isBroken = false;
    run.run();
    await until(() => status() === 'running');
    expect(run.getState().failure).toBeUndefined();
  });
});

describe('a divergence', () => {
  const lossAt = (step: number) => (step <= 30 ? 1 / step : 1e9);

  async function diverge(checkpointEvery?: number) {
    const page = openPage({ lossAt }, { values: { learningRate: 4 } });
    page.eachTurn(() => {
      if (checkpointEvery && stepsOf(page.module.calls) % checkpointEvery === 0) page.run.checkpoint();
    });
    page.run.run();
    await until(() => page.status() === 'failed');
    return page;
  }

  it('stops the run and is explained by step, value, rate and what came before', async () => {
    const { run } = await diverge(10);
    expect(run.getState().divergence).toMatchObject({
      step: 31,
      metric: 'loss',
      value: 1e9,
      learningRate: 4,
      before: [26, 27, 28, 29, 30].map((step) => 1 / step),
    });
    expect(run.getState().step).toBe(31);
  });

  it('offers the last checkpoint whose weights were still good, with a tenth of the rate', async () => {
    const { run, status, trainTo } = await diverge(10);
    // The loss of step 31 was that of the weights after step 30.
    expect(run.getState().divergence?.lastGood?.step).toBe(20);
    run.goBack();
    expect(run.getState()).toMatchObject({ status: 'loading', step: 20, values: { learningRate: 0.4 } });
    expect(run.getState().divergence).toBeUndefined();
    expect(run.getState().series['loss']?.steps.at(-1)).toBe(20);
    await until(() => status() === 'running');
    await trainTo(25);
    await showFrame(run);
    expect(weightOf(run)).toBeCloseTo(7 + 20 * 4 + 5 * 0.4, 4);
    expect(run.getState().journal).toEqual([{ step: 20, type: 'set-hyperparameters', values: { learningRate: 0.4 } }]);
  });

  it('starts again at a tenth of the rate where no checkpoint was good', async () => {
    const { run, status } = await diverge();
    run.goBack();
    await until(() => status() === 'running');
    expect(run.getState()).toMatchObject({ values: { learningRate: 0.4 }, journal: [] });
  });
});

describe('a worker that dies', () => {
  it('is replaced when it hangs: silence for two seconds while an answer is owed', async () => {
    const { run, trainTo, newest, workers, status } = openPage();
    await trainTo(20);
    await showFrame(run);
    run.run();
    await until(() => status() === 'running');
    newest().hang();
    vi.advanceTimersByTime(60_000); // nothing is owed: nothing is missed
    expect(workers).toHaveLength(1);
    run.requestFrame();
    vi.advanceTimersByTime(1900);
    expect(workers).toHaveLength(1);
    vi.advanceTimersByTime(250);
    expect(workers).toHaveLength(2);
    expect(run.getState()).toMatchObject({ status: 'loading', step: 20 });
    await until(() => status() === 'running');
    await trainTo(30);
    await showFrame(run);
    expect(weightOf(run)).toBe(7 + 30 * 0.5);
    const [notice] = run.getState().notices;
    expect(notice).toMatchObject({ code: 'worker-replaced', values: { from: 20 } });
    run.dismiss('worker-replaced');
    expect(run.getState().notices).toEqual([]);
  });

  it('has ten times as long as a step takes, where steps are slow', async () => {
    const { run, trainTo, newest, workers, clock } = openPage({ withinStep: () => void (clock.now += 1000) });
    await trainTo(20);
    await showFrame(run);
    expect(run.getState().millisecondsPerStep).toBeGreaterThan(999);
    newest().hang();
    run.requestFrame();
    vi.advanceTimersByTime(9900);
    expect(workers).toHaveLength(1);
    vi.advanceTimersByTime(500);
    expect(workers).toHaveLength(2);
  });

  it('has longer for a look at unseen data, which is no step', async () => {
    let isSlow = false;
    let finish: () => void = () => undefined;
    const evaluation = new Promise<void>((resolve) => (finish = resolve));
    const { run, trainTo, workers, newest, status, clock, eachTurn, module } = openPage({
      evaluateEvery: 25,
      withinStep: () => void (clock.now += 20),
      withinEvaluation: () => (isSlow ? evaluation : undefined),
    });
    await trainTo(20);
    await showFrame(run);
    isSlow = true;
    run.run();
    await until(() => newest().reports.at(-1)?.type === 'evaluating');
    run.requestFrame();
    vi.advanceTimersByTime(3500);
    expect(workers).toHaveLength(1);
    eachTurn(() => stepsOf(module.calls) === 30 && run.setSpeed(1));
    finish();
    await until(() => module.calls.includes('step 30') && !run.isFrameWanted());
    vi.advanceTimersByTime(60_000); // its end was heard
    expect(workers).toHaveLength(1);
    expect(status()).toBe('running');
  });

  it('may take any time to load', async () => {
    const { run, workers, status, newest } = openPage({ load: () => new Promise(() => undefined) });
    run.run();
    await settle();
    vi.advanceTimersByTime(600_000);
    expect(status()).toBe('loading');
    expect(workers).toHaveLength(1);
    newest().crash();
    run.stepOnce();
    vi.advanceTimersByTime(600_000);
    expect(workers).toHaveLength(2);
  });

  it('loses no change that it had not taken yet', async () => {
    const { run, trainTo, newest, status } = openPage();
    await trainTo(20);
    newest().hang();
    run.setHyperparameters({ learningRate: 2 });
    newest().crash();
    await until(() => status() === 'paused');
    await trainTo(22);
    await showFrame(run);
    expect(weightOf(run)).toBe(7 + 20 * 0.5 + 2 * 2);
  });

  it('stays paused after its replacement if it was', async () => {
    const { run, trainTo, newest, status } = openPage();
    await trainTo(20);
    newest().crash();
    await until(() => status() === 'paused');
    await settle();
    expect(run.getState().step).toBe(20);
  });

  it('breaks the promise of an answer with a reason', async () => {
    const { run, trainTo, newest } = openPage();
    await trainTo(2);
    newest().hang();
    const answer = run.ask({ type: 'weigh' });
    newest().crash();
    await expect(answer).rejects.toThrow('The worker was replaced.');
  });

  it('leaves a divergence to be read', async () => {
    const { run, newest, status, workers } = openPage({ lossAt: () => Number.NaN });
    run.run();
    await until(() => status() === 'failed');
    newest().crash();
    expect(run.getState().divergence).toMatchObject({ step: 1 });
    run.run();
    await until(() => workers.length === 2);
  });

  it('is given up after three that were replaced in one run, and tried anew by Run', async () => {
    const { run, newest, status, workers } = openPage();
    run.run();
    for (let worker = 1; worker <= 3; worker += 1) {
      await until(() => status() === 'running');
      newest().crash();
      expect(status()).toBe('loading');
    }
    await until(() => status() === 'running');
    newest().crash();
    expect(run.getState()).toMatchObject({ status: 'failed', failure: { code: 'unexpected' } });
    expect(workers).toHaveLength(4);
    run.run();
    await until(() => status() === 'running');
    newest().crash();
    await until(() => status() === 'running');
  });
});

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

describe('questions', () => {
  const trained = { load: () => Promise.resolve(checkpointAt(0, 1234)) };

  it('are answered from the stored trained state before the first start, which they are not', async () => {
    const { run, status } = openPage({}, { trained });
    const answer = await run.ask({ type: 'weigh' });
    expect(answer['weight']?.values).toEqual(Float32Array.of(1234));
    await settle();
    expect(run.getState()).toMatchObject({ status: 'idle', step: 0, series: {} });
    await showFrame(run);
    expect(run.getState().isStored).toBe(true);
    run.run();
    await until(() => status() === 'running');
    expect((await run.ask({ type: 'weigh' }))['weight']?.values[0]).toBeLessThan(1000);
  });

  it('are answered from the weights of this run after it, also when another run has had the device', async () => {
    const page = openPage({}, { trained });
    await page.trainTo(4);
    expect((await page.run.ask({ type: 'weigh' }))['weight']?.values).toEqual(Float32Array.of(9));
    const second = createRun({ id: 'other', spec, client: page.client });
    second.run();
    await until(() => second.getState().status === 'running');
    expect((await page.run.ask({ type: 'weigh' }))['weight']?.values).toEqual(Float32Array.of(9));
    expect(second.getState().status).toBe('paused');
  });

  it('are refused where there is no network, or the task does not know them', async () => {
    await expect(openPage().run.ask({ type: 'weigh' })).rejects.toThrow('There is no network to ask.');
    const { run, trainTo } = openPage();
    await trainTo(1);
    await expect(run.ask({ type: 'sing' })).rejects.toThrow('Only "weigh" can be asked.');
  });

  it('survive the loss of the worker that held the stored state', async () => {
    const { run, newest, status } = openPage({}, { trained });
    await run.ask({ type: 'weigh' });
    newest().crash();
    expect(status()).toBe('idle');
    expect((await run.ask({ type: 'weigh' }))['weight']?.values).toEqual(Float32Array.of(1234));
  });

  it('show the stored picture only until the run has its own', async () => {
    const { run, trainTo } = openPage();
    run.showStored(checkpointAt(0, 5).tensors);
    expect(run.getState()).toMatchObject({ isStored: true });
    const stored = run.getState().snapshot;
    await trainTo(1);
    run.showStored(checkpointAt(0, 6).tensors);
    expect(run.getState().snapshot).toBe(stored);
    run.requestFrame();
    await until(() => !run.getState().isStored);
    expect(run.getState().snapshot).not.toBe(stored);
  });
});

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

it('uses another backend from a new start on', async () => {
  const { run, trainTo, commands, status } = openPage();
  run.prepare();
  run.chooseBackend('webgl');
  expect(status()).toBe('idle');
  await trainTo(3);
  run.chooseBackend('cpu');
  await until(() => status() === 'paused');
  expect(commands('prepare')).toEqual([{ type: 'prepare', playgroundId: 'fake', backend: 'auto' }]);
  expect(commands('start').map((command) => 'backend' in command && command.backend)).toEqual(['webgl', 'cpu']);
  expect([run.getBackendChoice(), run.getState().step]).toEqual(['cpu', 0]);
});

it('makes no worker before one is needed', () => {
  const createWorker = vi.fn();
  const client: Client = createClient(createWorker);
  createRun({ id: 'digits', spec, client }).setHyperparameters({ learningRate: 1 });
  expect(createWorker).not.toHaveBeenCalled();
});
