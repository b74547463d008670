import { expect, it, vi } from 'vitest';
import { DatasetError } from '#datasets/dataset.ts';
import { NoBackendError } from '#src/engine/backends.ts';
import type { Command, Report } from '#src/training/protocol.ts';
import { createServer, type Host } from '#src/training/server.ts';
import { createFakeModule, type FakeBehaviour } from './fakeTask.ts';
import { createHost, settle, until, wasm } from './workers.ts';

const start: Extract<Command, { type: 'start' }> = {
  type: 'start',
  runId: 'a',
  playgroundId: 'fake',
  hyperparameters: { learningRate: 0.5, units: 4 },
  seed: 7,
  backend: 'auto',
  stepsPerSecond: 'full',
  paused: false,
};

function serve(behaviour: FakeBehaviour = {}, changes: Partial<Host> = {}) {
  const module = createFakeModule(behaviour);
  const reports: Report[] = [];
  const host = createHost({ fake: module, other: module }, { post: (report) => reports.push(report), ...changes });
  return { module, reports, server: createServer(host) };
}

const stepsOf = (calls: readonly string[]) => calls.filter((call) => call.startsWith('step')).length;

it('takes commands between two steps, never within one', async () => {
  const sent: Command[] = [
    { type: 'set-hyperparameters', runId: 'a', values: { learningRate: 0.25 } },
    { type: 'edit', runId: 'a', edit: { type: 'set-weight', value: 3 } },
    { type: 'ask', runId: 'a', askId: 1, question: { type: 'weigh' } },
    { type: 'request-frame', runId: 'a', view: { example: 5 } },
    { type: 'checkpoint', runId: 'a' },
    { type: 'pause', runId: 'a' },
  ];
  const { server, module, reports } = serve({
    async withinStep(step) {
      if (step === 4) for (const command of sent) server.receive(command);
      await settle(3);
    },
  });
  server.receive(start);
  await until(() => reports.at(-1)?.type === 'checkpoint' && reports.length > 8);
  expect(module.calls.filter((call) => call.endsWith('within a step'))).toEqual([]);
  const after = module.calls.indexOf('step 4') + 1;
  expect(module.calls.slice(after)).toEqual([
    'rate 0.25 at 4',
    'edit to 3 at 4',
    'answer',
    'snapshot of 5',
    'checkpoint at 4',
    'evaluate at 4',
    'checkpoint at 4',
  ]);
  await settle();
  expect(stepsOf(module.calls)).toBe(4);
});

it('waits between slow steps by the clock, and for a command for ever when paused', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let now = 0;
  const { server, module } = serve({}, { now: () => now });
  server.receive({ ...start, stepsPerSecond: 2 });
  await settle();
  expect(stepsOf(module.calls)).toBe(1);
  for (let step = 2; step <= 4; step += 1) {
    now += 500;
    vi.advanceTimersByTime(500);
    await settle();
    expect(stepsOf(module.calls)).toBe(step);
  }
  server.receive({ type: 'pause', runId: 'a' });
  await settle();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('steps once when it is told so, and not again', async () => {
  const { server, module, reports } = serve();
  server.receive({ ...start, paused: true });
  server.receive({ type: 'step-once', runId: 'a' });
  await until(() => reports.some((report) => report.type === 'state' && report.step === 1));
  await settle();
  expect(stepsOf(module.calls)).toBe(1);
});

const failures = [
  ['data-missing', { load: () => Promise.reject(new DatasetError('data-missing', 'x.data could not be read')) }, {}],
  ['data-damaged', { load: () => Promise.reject(new DatasetError('data-damaged', 'x.data is damaged')) }, {}],
  ['no-backend', {}, { startBackend: () => Promise.reject(new NoBackendError([])) }],
  ['out-of-memory', { load: () => Promise.reject(new Error('memory access out of bounds')) }, {}],
  ['unexpected', { load: () => Promise.reject(new Error('what is this')) }, {}],
] as const;

it.each(failures)('reports %s when a start fails so', async (code, behaviour, changes) => {
  const { server, reports } = serve(behaviour, changes);
  server.receive(start);
  await until(() => reports.some(({ type }) => type === 'failed'));
  expect(reports.at(-1)).toMatchObject({ type: 'failed', runId: 'a', code });
});

it('reports a step that fails, stops there and serves the next run', async () => {
  const { server, reports, module } = serve({
    withinStep(step) {
      if (step === 3) throw new Error('Failed to allocate a buffer.');
    },
  });
  server.receive(start);
  await until(() => reports.some(({ type }) => type === 'failed'));
  expect(reports.at(-1)).toMatchObject({ code: 'out-of-memory', detail: 'Failed to allocate a buffer.' });
  await settle();
  expect(stepsOf(module.calls)).toBe(2);
  server.receive({ ...start, runId: 'b', paused: true });
  await until(() => reports.some((report) => report.type === 'state' && report.runId === 'b'));
  expect(module.alive).toBe(1);
});

it('loads data again after a load that failed, and once after one that did not', async () => {
  let loads = 0;
  const { server, reports } = serve({
    async load() {
      loads += 1;
      if (loads === 1) throw new DatasetError('data-missing', 'no network');
      return 'data';
    },
  });
  server.receive(start);
  await until(() => reports.at(-1)?.type === 'failed');
  server.receive({ ...start, runId: 'b', paused: true });
  await until(() => reports.at(-1)?.type === 'checkpoint');
  server.receive({ ...start, runId: 'c', paused: true });
  await until(() => reports.filter(({ type }) => type === 'checkpoint').length === 2);
  expect(loads).toBe(2);
});

it('prepares engine and data before the first run, and says when they are there or why not', async () => {
  const startBackend = vi.fn(() => Promise.resolve(wasm));
  const { server, reports } = serve({}, { startBackend });
  server.receive({ type: 'prepare', playgroundId: 'fake', backend: 'webgl' });
  server.receive({ type: 'prepare', playgroundId: 'nowhere', backend: 'auto' });
  await until(() => reports.length === 2);
  expect(startBackend.mock.calls).toEqual([['webgl'], ['auto']]);
  expect(reports).toContainEqual({ type: 'prepared', playgroundId: 'fake' });
  expect(reports.at(-1)).toMatchObject({ type: 'prepare-failed', playgroundId: 'nowhere', code: 'unexpected' });
});

it('disturbs no run by preparing another: no engine is started, and steps go on while data load', async () => {
  const startBackend = vi.fn(() => Promise.resolve(wasm));
  const slow = { ...createFakeModule(), load: () => new Promise<string>(() => undefined) };
  const module = createFakeModule();
  const reports: Report[] = [];
  const host = createHost({ fake: module, slow }, { post: (report) => reports.push(report), startBackend });
  const server = createServer(host);
  server.receive(start);
  await until(() => stepsOf(module.calls) > 2);
  server.receive({ type: 'prepare', playgroundId: 'slow', backend: 'cpu' });
  const before = stepsOf(module.calls);
  await until(() => stepsOf(module.calls) > before + 10);
  expect(startBackend).toHaveBeenCalledTimes(1);
  server.receive({ type: 'pause', runId: 'a' });
  await until(() => reports.at(-1)?.type === 'checkpoint');
});

it('answers a question it does not know with a failure, not with silence', async () => {
  const { server, reports } = serve();
  server.receive({ ...start, paused: true });
  server.receive({ type: 'ask', runId: 'a', askId: 1, question: { type: 'sing' } });
  await until(() => reports.at(-1)?.type === 'failed');
  expect(reports.at(-1)).toMatchObject({ detail: 'Only "weigh" can be asked.' });
});
