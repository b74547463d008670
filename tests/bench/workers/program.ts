import { programBackend } from '#src/engine/program/backend.ts';
import { createStepper, type Steps } from '#src/engine/program/stepper.ts';
import type { ProgramTaken } from '../job.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Subject } from './timing.ts';

/** A workload's steps as the book's worker runs those of a playground: recorded, then replayed. */
export function createReplayed(workload: Workload): Subject & { taken(): ProgramTaken } {
  let steps = 0;
  const task: Steps = {
    get steps() {
      return steps;
    },
    async step() {
      workload.step();
      steps += 1;
      return undefined;
    },
    async readMetrics() {
      const losses = await workload.readLosses();
      return losses.map((value, at) => ({ step: steps - losses.length + 1 + at, metric: 'loss', value }));
    },
    checkpoint: () => workload.checkpoint(),
    restore(tensors, done) {
      workload.restore(tensors, done);
      steps = done;
    },
  };
  const stepper = createStepper(task, programBackend(), () => performance.now());
  return {
    step: async () => void (await stepper.step()),
    readLoss: async () => (await stepper.readMetrics()).at(-1)?.value ?? Number.NaN,
    taken() {
      const state = stepper.state();
      const report = stepper.report();
      if (state.state !== 'replayed' || report === undefined) {
        return { why: state.state === 'plain' ? state.why : state.state };
      }
      return { step: state.since, calls: report.counts.after };
    },
  };
}
