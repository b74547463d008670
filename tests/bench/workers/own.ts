import { startBackend } from '#src/engine/backends.ts';
import { workloads } from '../workloads/index.ts';
import { own } from '../workloads/own.ts';
import type { Workload } from '../workloads/workload.ts';
import { countCalls } from './counting.ts';
import { createReplayed } from './program.ts';
import { serve } from './serve.ts';
import { timeSteps } from './timing.ts';

serve(async (job) => {
  const { device, workload, seed, how } = job;
  const start = async (): Promise<Workload> => {
    const { name, refused } = await startBackend(device);
    if (name !== device) throw new Error(`${name} runs instead of ${device}: ${JSON.stringify(refused)}`);
    return workloads[workload](seed, own);
  };
  if (job.measure === 'calls') return countCalls(device, await start());
  if (how !== 'program') return timeSteps(start, job.limits);
  let replayed: ReturnType<typeof createReplayed> | undefined;
  const timed = await timeSteps(async () => (replayed = createReplayed(await start())), job.limits);
  return { ...timed, ...(replayed && { program: replayed.taken() }) };
});
