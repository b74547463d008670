import { startBackend } from '#src/engine/backends.ts';
import { workloads } from '../workloads/index.ts';
import { own } from '../workloads/own.ts';
import { countCalls } from './counting.ts';
import { createPlain } from './plain.ts';
import { createReplayed } from './program.ts';
import { serve } from './serve.ts';
import { timeSteps } from './timing.ts';

serve(async (job) => {
  const { device, workload, seed, how } = job;
  const startEngine = async () => {
    const { name, refused } = await startBackend(device);
    if (name !== device) throw new Error(`${name} runs instead of ${device}: ${JSON.stringify(refused)}`);
  };
  const create = () => workloads[workload](seed, own);
  const plain = () => createPlain(create());
  if (job.measure === 'calls') {
    await startEngine();
    // After 70 steps a program runs alone.
    return how === 'program' ? countCalls(device, () => createReplayed(create()), 70) : countCalls(device, plain);
  }
  if (how !== 'program') return timeSteps(() => startEngine().then(plain), job.limits);
  let replayed: ReturnType<typeof createReplayed> | undefined;
  const timed = await timeSteps(() => startEngine().then(() => (replayed = createReplayed(create()))), job.limits);
  return { ...timed, ...(replayed && { program: replayed.taken() }) };
});
