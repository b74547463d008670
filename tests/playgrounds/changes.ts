import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend, tensorsInMemory } from '#src/engine/backends.ts';
import { programBackend } from '#src/engine/program/backend.ts';
import { createStepper } from '#src/engine/program/stepper.ts';
import { createClient } from '#src/training/client.ts';
import type { Checkpoint, Journal } from '#src/training/journal.ts';
import type { Command } from '#src/training/protocol.ts';
import { createRun } from '#src/training/run.ts';
import type { Values } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { readDataset } from '../readFile.ts';
import { createHost, createWorkers, until } from '../training/workers.ts';
import { anotherValue, applying, createTask, smallValues, weightsOf, type Playground } from './playgrounds.ts';

/** Promise 5: what applies at the next step keeps the run, what needs a restart begins one; a journal is enough. */
export function keepsItsChanges(subject: Playground): void {
  const { id, spec, module, expectations } = subject;
  if (spec.kind !== 'trains' || !expectations) return;
  const small = smallValues(subject);
  const { changes, edit, strayEdits } = expectations;

  /** A worker with the real task, and what to send to it between which two steps. */
  function openWorker(plan: Readonly<Record<number, readonly Command[]>> = {}) {
    let task: Task | undefined;
    const watched = {
      ...module,
      createTask: (...given: Parameters<typeof module.createTask>) => (task = module.createTask(...given)),
    };
    const replayed = (made: Task) => createStepper(made, programBackend(), () => performance.now());
    const host = createHost(
      { [id]: watched },
      { readFile: readDataset, startBackend, createStepper: replayed, tensorsInMemory },
    );
    const planned = new Map(Object.entries(plan));
    return createWorkers(host, (worker) => {
      const step = String(task?.steps);
      for (const command of planned.get(step) ?? []) worker.postMessage(command);
      planned.delete(step);
    });
  }

  function another(name: string, value = small[name]): Values {
    const hyperparameter = spec.hyperparameters[name];
    return hyperparameter ? { [name]: anotherValue(hyperparameter, value) } : {};
  }

  describe('a change', () => {
    async function trainTwice(between: (task: Task) => void) {
      const task = await createTask(subject, small);
      for (let step = 0; step < 5; step += 1) await task.step();
      const before = await task.checkpoint();
      between(task);
      expect(await task.checkpoint()).toEqual(before);
      for (let step = 0; step < 5; step += 1) await task.step();
      const after = await task.checkpoint();
      task.dispose();
      return after;
    }

    it.each(applying(spec, 'next-step'))(
      'of %s keeps weights and moments, and counts from the next step',
      async (name) => {
        const undisturbed = await trainTwice(() => undefined);
        const takenBack = await trainTwice((task) => {
          task.setHyperparameters(another(name));
          task.setHyperparameters({ [name]: small[name] ?? '' });
        });
        const kept = await trainTwice((task) => task.setHyperparameters(another(name)));
        expect(takenBack).toEqual(undisturbed);
        expect(weightsOf(kept)).not.toEqual(weightsOf(undisturbed));
      },
    );

    it('that no network can take changes nothing, one that it can does', async () => {
      const task = await createTask(subject, small);
      const before = await task.checkpoint();
      for (const stray of strayEdits) task.edit(stray);
      expect(await task.checkpoint()).toEqual(before);
      task.edit(edit);
      expect(await task.checkpoint()).not.toEqual(before);
      task.dispose();
    });

    it('that applies at the next step starts nothing anew, one that needs a restart does, from the same seed', async () => {
      const workers = openWorker();
      const run = createRun({ id, spec, client: createClient(workers.create), values: small, seed: 5 });
      const starts = () => workers.newest().commands.filter(({ type }) => type === 'start');
      run.stepOnce();
      await until(() => run.getState().status === 'paused' && run.getState().step === 1);
      for (const [at, name] of applying(spec, 'next-step').entries()) {
        run.setHyperparameters(another(name));
        await until(() => run.getState().journal.length === at + 1);
        expect(run.getState()).toMatchObject({ status: 'paused', step: 1 });
        expect(starts()).toHaveLength(1);
      }
      for (const [at, name] of applying(spec, 'restart').entries()) {
        run.setHyperparameters(another(name));
        await until(() => run.getState().status === 'paused');
        expect(run.getState()).toMatchObject({ step: 0, seed: 5, journal: [], series: {} });
        expect(starts()).toHaveLength(at + 2);
        expect(starts().at(-1)).toMatchObject({ seed: 5, hyperparameters: run.getState().values });
      }
    });
  });

  describe('a checkpoint and the journal', () => {
    const runId = 'a';
    let journal: Journal;
    let halfway: Checkpoint | undefined;
    let end: Checkpoint | undefined;

    async function train(plan: Readonly<Record<number, readonly Command[]>>, from?: Checkpoint) {
      const worker = openWorker({ ...plan, 60: [{ type: 'pause', runId }] }).create();
      worker.postMessage({
        type: 'start',
        runId,
        playgroundId: id,
        hyperparameters: small,
        seed: 9,
        backend: 'wasm',
        stepsPerSecond: 'full',
        paused: false,
        ...(from && { from, journal }),
      } satisfies Command);
      const checkpoints = () =>
        worker.reports.filter((report) => report.type === 'checkpoint').map(({ checkpoint }) => checkpoint);
      await until(() => checkpoints().at(-1)?.step === 60);
      const entries = worker.reports.filter((report) => report.type === 'applied').map(({ entry }) => entry);
      return { checkpoints: checkpoints(), entries };
    }

    beforeAll(async () => {
      const { checkpoints, entries } = await train({
        20: [{ type: 'set-hyperparameters', runId, values: changes[0] }],
        25: [{ type: 'checkpoint', runId }],
        40: [{ type: 'set-hyperparameters', runId, values: changes[1] }],
        45: [{ type: 'edit', runId, edit }],
      });
      journal = entries;
      halfway = checkpoints.find(({ step }) => step === 25);
      end = checkpoints.at(-1);
    });

    it('hold two changes and an edit, each with its step', () => {
      expect(journal).toEqual([
        { step: 20, type: 'set-hyperparameters', values: changes[0] },
        { step: 40, type: 'set-hyperparameters', values: changes[1] },
        { step: 45, type: 'edit', edit },
      ]);
      expect(halfway).toMatchObject({ step: 25, journalLength: 1 });
      expect(end).toMatchObject({ step: 60, journalLength: 3 });
    });

    it('continue in another worker to the same weights and moments, bit for bit', async () => {
      const { checkpoints, entries } = await train({}, halfway);
      expect(checkpoints.at(-1)).toEqual(end);
      expect(entries).toEqual([]);
    });

    it('lead elsewhere without the edit: it is not lost on the way', async () => {
      const whole = journal;
      journal = whole.slice(0, 2);
      const { checkpoints } = await train({}, halfway);
      journal = whole;
      expect(weightsOf(checkpoints.at(-1)?.tensors ?? {})).not.toEqual(weightsOf(end?.tensors ?? {}));
    });
  });
}
