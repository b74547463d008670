import type { Workload } from '../workloads/workload.ts';
import type { Subject } from './timing.ts';

/** A workload's steps as they are. */
export function createPlain({ step, readLosses }: Workload): Subject {
  return { step, readLoss: async () => (await readLosses()).at(-1) ?? Number.NaN };
}
