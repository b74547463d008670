import { describe, expect, it } from 'vitest';
import type { Command, Report, StepsPerSecond } from '#src/training/protocol.ts';
import { createRunLoop } from '#src/training/runLoop.ts';
import { createFakeModule, type FakeBehaviour } from './fakeTask.ts';
import { createHost } from './workers.ts';

type Start = Extract<Command, { type: 'start' }>;
type Named<Type> = Extract<Report, { type: Type }>;

/** A loop with a fake task, and a clock that a test moves. */
async function startLoop(behaviour: FakeBehaviour = {}, changes: Partial<Start> = {}) {
  const clock = { now: 0 };
  const module = createFakeModule(behaviour);
  const reports: Report[] = [];
  const host = createHost({ fake: module }, { post: (report) => reports.push(report), now: () => clock.now });
  const loop = createRunLoop(host, async () => ({ module, data: 'data' }));
  const start: Start = {
    type: 'start',
    runId: 'a',
    playgroundId: 'fake',
    hyperparameters: { learningRate: 0.5, units: 4 },
    seed: 7,
    backend: 'auto',
    stepsPerSecond: 'full',
    paused: false,
    ...changes,
  };
  await loop.handle(start);
  const of = <Type extends Report['type']>(type: Type) =>
    reports.filter((report): report is Named<Type> => report.type === type);
  async function advance(times: number) {
    for (let time = 0; time < times; time += 1) await loop.advance();
  }
  return { loop, module, reports, of, clock, advance, start };
}

describe('a run', () => {
  it('loads engine, data and network in turn, says what runs and gives a checkpoint before the first step', async () => {
    const { reports, module } = await startLoop({}, { paused: true });
    expect(reports.map((report) => ('what' in report ? report.what : report.type))).toEqual([
      'engine',
      'data',
      'network',
      'started',
      'state',
      'checkpoint',
    ]);
    expect(reports.at(-2)).toMatchObject({ state: 'paused', step: 0 });
    expect(module.calls).toEqual(['checkpoint at 0']);
  });

  it('ignores commands of a run that has ended', async () => {
    const { loop, module, reports, start } = await startLoop({}, { paused: true });
    await loop.handle({ ...start, runId: 'b' });
    expect(module.alive).toBe(1);
    const before = [reports.length, module.calls.length];
    const values = { learningRate: 0.25 };
    for (const type of ['pause', 'resume', 'step-once', 'trace-step', 'checkpoint', 'stop'] as const) {
      await loop.handle({ type, runId: 'a' });
    }
    await loop.handle({ type: 'set-hyperparameters', runId: 'a', values });
    await loop.handle({ type: 'edit', runId: 'a', edit: { type: 'set-weight', value: 1 } });
    await loop.handle({ type: 'request-frame', runId: 'a', view: {} });
    await loop.handle({ type: 'ask', runId: 'a', askId: 1, question: { type: 'weigh' } });
    expect([reports.length, module.calls.length]).toEqual(before);
    await loop.handle({ type: 'stop', runId: 'b' });
    expect(module.alive).toBe(0);
    expect(loop.isIdle()).toBe(true);
  });

  it('writes a change into the journal with the steps done, clamped, and only what applies at the next step', async () => {
    const { loop, of, advance, module } = await startLoop();
    await advance(3);
    await loop.handle({ type: 'set-hyperparameters', runId: 'a', values: { learningRate: 1e9, units: 2, other: 1 } });
    await loop.handle({ type: 'edit', runId: 'a', edit: { type: 'set-weight', value: 10 } });
    await loop.handle({ type: 'edit', runId: 'a', edit: { type: 'unknown' } });
    expect(of('applied').map(({ entry }) => entry)).toEqual([
      { step: 3, type: 'set-hyperparameters', values: { learningRate: 4 } },
      { step: 3, type: 'edit', edit: { type: 'set-weight', value: 10 } },
    ]);
    await advance(1);
    expect(module.calls.slice(-3)).toEqual(['rate 4 at 3', 'edit to 10 at 3', 'step 4']);
    await loop.handle({ type: 'checkpoint', runId: 'a' });
    const newest = of('checkpoint').at(-1)?.checkpoint;
    expect(newest).toMatchObject({ step: 4, journalLength: 2 });
    expect(newest?.tensors['weight']?.values).toEqual(Float32Array.of(14));
  });

  it('pauses with metrics on unseen data, a checkpoint and its state, and does nothing until it is told to', async () => {
    const { loop, reports, advance, module } = await startLoop();
    await advance(2);
    reports.length = 0;
    await loop.handle({ type: 'pause', runId: 'a' });
    expect(reports.map(({ type }) => type)).toEqual(['evaluating', 'state', 'checkpoint']);
    expect(reports[1]).toMatchObject({
      state: 'paused',
      step: 2,
      metrics: [
        { step: 1, metric: 'loss', value: 2 },
        { step: 2, metric: 'loss', value: 1 },
        { step: 2, metric: 'unseen-loss', value: 1 },
      ],
    });
    expect(await loop.advance()).toBeUndefined();
    expect(module.calls).not.toContain('step 3');
    await loop.handle({ type: 'step-once', runId: 'a' });
    expect(reports.at(-1)).toMatchObject({ type: 'state', state: 'paused', step: 3 });
    expect(await loop.advance()).toBeUndefined();
    await loop.handle({ type: 'resume', runId: 'a' });
    expect(await loop.advance()).toBe(0);
    expect(module.calls.filter((call) => call.startsWith('step'))).toEqual(['step 1', 'step 2', 'step 3', 'step 4']);
  });

  it('traces one step and tells which it was', async () => {
    const { loop, of } = await startLoop({}, { paused: true });
    await loop.handle({ type: 'trace-step', runId: 'a' });
    expect(of('trace')).toHaveLength(1);
    expect(of('trace')[0]?.trace.step).toBe(1);
    expect(of('trace')[0]?.metrics).toContainEqual({ step: 1, metric: 'loss', value: 2 });
  });

  it('sends each metric once, with the next frame', async () => {
    const { loop, of, advance } = await startLoop();
    await advance(3);
    await loop.handle({ type: 'request-frame', runId: 'a', view: { example: 4 } });
    await advance(1);
    await loop.handle({ type: 'request-frame', runId: 'a', view: { example: 4 } });
    expect(of('frame').map(({ step, metrics }) => [step, metrics.map((point) => point.step)])).toEqual([
      [3, [1, 2, 3]],
      [4, [4]],
    ]);
  });

  it('says when it begins to look at unseen data, and what came of it when it is done', async () => {
    const { reports, advance } = await startLoop({ evaluateEvery: 3 });
    reports.length = 0;
    await advance(5);
    expect(reports.map(({ type }) => type)).toEqual(['evaluating', 'state']);
    expect(reports[1]).toMatchObject({ state: 'running', step: 3 });
    expect(reports[1]).toHaveProperty('metrics.length', 4);
  });

  it('gives a checkpoint every five seconds', async () => {
    const { of, advance, clock } = await startLoop();
    for (let second = 1; second <= 12; second += 1) {
      clock.now = second * 1000;
      await advance(1);
    }
    expect(of('checkpoint').map(({ checkpoint }) => checkpoint.step)).toEqual([0, 5, 10]);
  });
});

describe('speed', () => {
  async function stepsIn(seconds: number, stepsPerSecond: StepsPerSecond) {
    const { loop, clock, module } = await startLoop({}, { stepsPerSecond });
    const end = seconds * 1000 - 1e-6;
    while (clock.now < end) clock.now += Math.max((await loop.advance()) ?? Infinity, 1e-3);
    return { steps: module.calls.filter((call) => call.startsWith('step')).length, loop, clock };
  }

  it('is as many steps a second as were asked for', async () => {
    for (const speed of [1, 4, 25]) expect((await stepsIn(4, speed)).steps).toBe(4 * speed);
  });

  it('at full leaves no time between steps', async () => {
    const { loop } = await startLoop();
    expect([await loop.advance(), await loop.advance()]).toEqual([0, 0]);
  });

  it('takes effect at once when it changes', async () => {
    const { loop, clock } = await stepsIn(1, 1);
    await loop.advance();
    expect(await loop.advance()).toBeGreaterThan(900);
    await loop.handle({ type: 'set-speed', runId: 'a', stepsPerSecond: 10 });
    expect(await loop.advance()).toBeCloseTo(100);
    clock.now += 100;
    expect(await loop.advance()).toBeCloseTo(100);
  });

  it('does not catch up for hours after a sleep', async () => {
    const { loop, clock, module } = await startLoop({}, { stepsPerSecond: 10 });
    await loop.advance();
    clock.now += 3_600_000;
    for (let wait = 0; wait === 0;) wait = (await loop.advance()) ?? Infinity;
    expect(module.calls.filter((call) => call.startsWith('step')).length).toBeLessThan(15);
  });
});

describe('divergence', () => {
  const cases = [
    ['is not a number', (step: number) => (step < 5 ? 1 / step : Number.NaN)],
    ['is infinite', (step: number) => (step < 5 ? 1 / step : Infinity)],
    ['is infinite downwards', (step: number) => (step < 5 ? 1 / step : -Infinity)],
    ['is above the bound', (step: number) => (step < 5 ? 1 / step : 100.5)],
  ] as const;

  it.each(cases)('is told with the first bad step and the points before, if the loss %s', async (_, lossAt) => {
    const { of, advance, clock, loop, module } = await startLoop({ lossAt });
    await advance(16);
    expect(of('diverged')).toHaveLength(1);
    const [report] = of('diverged');
    expect(report).toMatchObject({ step: 5, metric: 'loss', value: lossAt(5) });
    expect(report?.metrics.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    clock.now = 60_000;
    await loop.handle({ type: 'request-frame', runId: 'a', view: {} });
    for (const type of ['pause', 'resume', 'step-once', 'checkpoint'] as const) await loop.handle({ type, runId: 'a' });
    expect(await loop.advance()).toBeUndefined();
    expect(of('checkpoint').map(({ checkpoint }) => checkpoint.step)).toEqual([0]);
    expect(of('diverged')).toHaveLength(1);
    expect(module.calls.filter((call) => call.startsWith('step'))).toHaveLength(16);
  });

  it('is no divergence up to the bound', async () => {
    const { of, advance } = await startLoop({ lossAt: () => 100 });
    await advance(40);
    expect(of('diverged')).toEqual([]);
  });

  it('is seen on unseen data too, after the batches before it', async () => {
    const late = await startLoop({ evaluateEvery: 10, unseenLossAt: () => 1e6 });
    await late.advance(10);
    expect(late.of('diverged')[0]).toMatchObject({ step: 10, metric: 'unseen-loss', value: 1e6 });

    const early = await startLoop({ evaluateEvery: 10, lossAt: (step) => (step < 7 ? 1 : 1e6) });
    await early.advance(10);
    expect(early.of('diverged')[0]).toMatchObject({ step: 7, metric: 'loss' });
  });

  it('gives no checkpoint when it is found at a pause', async () => {
    const { of, advance, loop } = await startLoop({ lossAt: (step) => (step < 3 ? 1 : Number.NaN) });
    await advance(4);
    await loop.handle({ type: 'pause', runId: 'a' });
    expect(of('diverged')[0]).toMatchObject({ step: 3 });
    expect(of('checkpoint')).toHaveLength(1);
  });
});

describe('a journal that came with the start', () => {
  const tensors = { weight: { shape: [1], values: Float32Array.of(10) } };
  const rate = (step: number, learningRate: number) =>
    ({ step, type: 'set-hyperparameters', values: { learningRate } }) as const;
  const journal = [
    rate(2, 1),
    rate(5, 2),
    { step: 7, type: 'edit', edit: { type: 'set-weight', value: 100 } },
    rate(7, 0.25),
  ] as const;

  it('takes effect at the same steps again, what the checkpoint holds excepted', async () => {
    const from = { step: 4, journalLength: 1, tensors };
    const { module, advance, of, loop } = await startLoop({}, { journal, from });
    await advance(5);
    expect(module.calls).toEqual([
      'restore at 4',
      'checkpoint at 4',
      'step 5',
      'rate 2 at 5',
      'step 6',
      'step 7',
      'edit to 100 at 7',
      'rate 0.25 at 7',
      'step 8',
      'step 9',
    ]);
    expect(of('applied')).toEqual([]); // the page has these already
    await loop.handle({ type: 'checkpoint', runId: 'a' });
    const newest = of('checkpoint').at(-1)?.checkpoint;
    expect(newest).toMatchObject({ step: 9, journalLength: 4 });
    expect(newest?.tensors['weight']?.values).toEqual(Float32Array.of(100.5));
  });

  it('makes later changes wait until the last of it', async () => {
    const from = { step: 4, journalLength: 1, tensors };
    const { module, advance, of, loop } = await startLoop({}, { journal, from });
    await loop.handle({ type: 'set-hyperparameters', runId: 'a', values: { learningRate: 4 } });
    await loop.handle({ type: 'edit', runId: 'a', edit: { type: 'set-weight', value: 1 } });
    await advance(2);
    expect(of('applied')).toEqual([]);
    await advance(2);
    expect(of('applied').map(({ entry }) => [entry.step, entry.type])).toEqual([
      [7, 'set-hyperparameters'],
      [7, 'edit'],
    ]);
    expect(module.calls.slice(-5)).toEqual([
      'edit to 100 at 7',
      'rate 0.25 at 7',
      'rate 4 at 7',
      'edit to 1 at 7',
      'step 8',
    ]);
  });
});
