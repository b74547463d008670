import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmPaths } from '#src/engine/wasmFiles.ts';
import { registerComposedKernels } from './composed/register.ts';
import { workloadNames } from './data.ts';
import { expectedLosses } from './losses.ts';
import { workloads } from './workloads/index.ts';
import { stock } from './workloads/stock.ts';

describe('the baseline of the bench, tfjs’s WASM backend with composed kernels', () => {
  beforeAll(async () => {
    setWasmPaths(wasmPaths());
    registerComposedKernels();
    await tf.setBackend('wasm');
  });

  it.each(workloadNames)('%s: three steps give the losses of jax-js', async (name) => {
    const workload = workloads[name](expectedLosses.seed, stock);
    for (let step = 0; step < 3; step++) workload.step();
    const losses = await workload.readLosses();
    workload.dispose();

    expect(losses).toHaveLength(3);
    losses.forEach((loss, step) => {
      const expected = expectedLosses[name][step] ?? Number.NaN;
      expect(Math.abs(loss - expected) / expected, `step ${step + 1}`).toBeLessThan(2e-4);
    });
  });
});
