import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startBackend, stopBackend, tensorsInMemory } from '#src/engine/backends.ts';
import { programBackend } from '#src/engine/program/backend.ts';
import { createStepper } from '#src/engine/program/stepper.ts';
import { createRandom } from '#src/nn/random.ts';
import * as digitCnn from '#src/playgrounds/digit-cnn/task.ts';
import { createClient } from '#src/training/client.ts';
import { createRun } from '#src/training/run.ts';
import type { Task, TaskModule } from '#src/training/task.ts';
import { readDataset } from '../readFile.ts';
import { createHost, createWorkers, until, type FakeWorker } from './workers.ts';

const LAST = 60;
const small = { batchSize: 8, filters1: 2, filters2: 3 };
/** What the reader does, by the steps done before it. */
const changes: Readonly<Record<number, (run: Page['run']) => void>> = {
  18: (run) => run.setHyperparameters({ learningRate: 0.02 }),
  31: (run) => run.edit({ type: 'set-kernel', layer: 1, filter: 1, channel: 0, row: 2, column: 0, value: 1.5 }),
  44: (run) => run.setHyperparameters({ dropout: 0.5, l2: 0.001 }),
};

type Page = ReturnType<typeof openPage>;

/** A page that trains the real network on WASM; a checkpoint comes about every 13 steps. */
function openPage() {
  let newestTask: Task | undefined;
  let now = 0;
  const module: TaskModule = {
    ...(digitCnn as TaskModule),
    createTask(...given) {
      newestTask = (digitCnn as TaskModule).createTask(...given);
      return newestTask;
    },
  };
  let eachTurn: (step: number, worker: FakeWorker) => void = () => undefined;
  const host = createHost(
    { 'digit-cnn': module },
    {
      readFile: readDataset,
      startBackend,
      createStepper: (task) => createStepper(task, programBackend(), () => performance.now()),
      tensorsInMemory,
      now: () => (now += 100),
    },
  );
  const workers = createWorkers(host, (worker) => eachTurn(newestTask?.steps ?? 0, worker));
  const run = createRun({ id: 'digits', spec: digitCnn.spec, client: createClient(workers.create), values: small });
  return { run, ...workers, act: (act: typeof eachTurn) => void (eachTurn = act) };
}

/** Trains to the last step with the reader's changes, and lets `disturb` do what it likes between two steps. */
async function train(disturb: (step: number, worker: FakeWorker, page: Page) => void = () => undefined) {
  const page = openPage();
  const { run } = page;
  const done = new Set<number>();
  page.act((step, worker) => {
    const change = changes[step];
    if (change && !done.has(step)) {
      done.add(step);
      change(run);
    } else if (step === LAST) run.pause();
    else disturb(step, worker, page);
  });
  run.run();
  const lastCheckpoint = () => page.newest().reports.findLast((report) => report.type === 'checkpoint')?.checkpoint;
  await until(() => lastCheckpoint()?.step === LAST);
  return { ...page, checkpoint: lastCheckpoint(), state: run.getState() };
}

let undisturbed: Awaited<ReturnType<typeof train>>;

beforeAll(async () => {
  await startBackend('wasm');
  undisturbed = await train();
}, 60_000);
afterAll(() => stopBackend());

it('trains to the last step with the changes where they were made', () => {
  expect(undisturbed.checkpoint).toMatchObject({ step: LAST, journalLength: 3 });
  expect(undisturbed.state.journal.map(({ step, type }) => [step, type])).toEqual([
    [18, 'set-hyperparameters'],
    [31, 'edit'],
    [44, 'set-hyperparameters'],
  ]);
}, 60_000);

it.each([1, 2, 3])(
  'goes on to the same weights, bit for bit, after crashes at random steps (%i)',
  async (series) => {
    const random = createRandom(series, 'crashes');
    const crashes = [random.integer(20) + 1, random.integer(20) + 20, random.integer(20) + 39];
    const { checkpoint, state, workers } = await train((step, worker) => {
      if (crashes[0] !== undefined && step >= crashes[0]) {
        crashes.shift();
        worker.crash();
      }
    });
    expect(workers).toHaveLength(4);
    expect(checkpoint).toEqual(undisturbed.checkpoint);
    expect(state.journal).toEqual(undisturbed.state.journal);
    expect(state.series).toEqual(undisturbed.state.series);
    expect(state.notices[0]?.code).toBe('worker-replaced');
  },
  60_000,
);

it('goes on to the same weights after a worker that hangs, found by its silence', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const hangAt = 20 + createRandom(4, 'hang').integer(30);
  let hasHung = false;
  const { checkpoint, workers } = await train((step, worker, { run }) => {
    if (step === hangAt - 3) run.requestFrame(); // tells how long a step takes
    if (step !== hangAt || hasHung) return;
    hasHung = true;
    worker.hang();
    run.requestFrame();
    vi.advanceTimersByTime(2250);
  });
  vi.useRealTimers();
  expect(workers).toHaveLength(2);
  expect(checkpoint).toEqual(undisturbed.checkpoint);
}, 60_000);
