import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient, type Client } from '#src/training/client.ts';
import type { Report } from '#src/training/protocol.ts';
import { createRun } from '#src/training/run.ts';
import { spec } from './fakeTask.ts';
import { openPage, stepsOf, weightOf, showFrame } from './page.ts';
import { until } from './workers.ts';

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
