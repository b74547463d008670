import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { wasmPaths } from '#src/engine/wasmFiles.ts';
import { registerComposedKernels } from '../composed/register.ts';
import { workloads } from '../workloads/index.ts';
import { stock } from '../workloads/stock.ts';
import { countCalls } from './counting.ts';
import { createPlain } from './plain.ts';
import { serve } from './serve.ts';
import { timeSteps } from './timing.ts';

serve(async (job) => {
  const { device, workload, seed, how } = job;
  const startBackend = async () => {
    tf.enableProdMode();
    setWasmPaths(wasmPaths());
    if (how === 'composed') registerComposedKernels();
    if (!(await tf.setBackend(device))) throw new Error(`tfjs could not start ${device}`);
  };
  const create = () => createPlain(workloads[workload](seed, stock));
  if (job.measure === 'time') return timeSteps(() => startBackend().then(create), job.limits);
  await startBackend();
  return countCalls(device, create);
});
