import { startBackend } from '#src/engine/backends.ts';
import { workloads } from '../workloads/index.ts';
import { own } from '../workloads/own.ts';
import { countCalls } from './counting.ts';
import { serve } from './serve.ts';
import { timeSteps } from './timing.ts';

serve(async (job) => {
  const { device, workload, seed } = job;
  const start = async () => {
    const { name } = await startBackend(device);
    if (name !== device) throw new Error(`${name} runs instead of ${device}`);
    return workloads[workload](seed, own);
  };
  return job.measure === 'time' ? timeSteps(start, job.limits) : countCalls(device, await start());
});
