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
import { serve } from './serve.ts';
import { timeSteps } from './timing.ts';

serve(async (job) => {
  const { device, workload, seed, how } = job;
  const start = async () => {
    tf.enableProdMode();
    setWasmPaths(wasmPaths());
    if (how === 'composed') registerComposedKernels();
    if (!(await tf.setBackend(device))) throw new Error(`tfjs could not start ${device}`);
    return workloads[workload](seed, stock);
  };
  return job.measure === 'time' ? timeSteps(start, job.limits) : countCalls(device, await start());
});
