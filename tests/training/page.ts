import { createClient } from '#src/training/client.ts';
import type { Checkpoint } from '#src/training/journal.ts';
import type { Command } from '#src/training/protocol.ts';
import { createRun, type Run } from '#src/training/run.ts';
import { createFakeModule, spec, type FakeBehaviour } from './fakeTask.ts';
import { createHost, createWorkers, until, type FakeWorker } from './workers.ts';

type Options = Partial<Parameters<typeof createRun>[0]>;

/** A page with one run, and real servers with a fake task behind it. */
export function openPage(behaviour: FakeBehaviour = {}, options: Options = {}) {
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
export const stepsOf = (calls: readonly string[]) =>
  Number(calls.findLast((call) => /^(step|restore at) \d/.test(call))?.match(/\d+/)?.[0] ?? 0);

export const weightOf = (run: Run) => run.getState().snapshot?.['weight']?.values[0];

export async function showFrame(run: Run) {
  run.requestFrame();
  await until(() => !run.isFrameWanted(), 'a frame');
}

export const checkpointAt = (step: number, weight: number): Checkpoint => ({
  step,
  journalLength: 0,
  tensors: { weight: { shape: [1], values: Float32Array.of(weight) } },
});
