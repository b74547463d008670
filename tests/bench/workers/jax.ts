import { defaultDevice, init } from '@jax-js/jax';
import { given } from '../data.ts';
import { createSubject } from './jax/training.ts';
import { serve } from './serve.ts';
import { timeSteps } from './timing.ts';

serve(async (job) => {
  if (job.measure !== 'time') throw new Error('only times are measured');
  const start = given[job.workload](job.seed);
  const device = job.device;
  return timeSteps(async () => {
    const found = await init(device);
    if (!found.includes(device)) throw new Error(`jax-js has no ${device} here`);
    defaultDevice(device);
    return createSubject(job.workload, start);
  }, job.limits);
});
