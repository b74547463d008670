import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const load = () => import('#src/engine/backends.ts');

/** Node has no GPU: WebGPU and WebGL are refused, WASM and the CPU run. */
describe('startBackend in Node', () => {
  let backends: Awaited<ReturnType<typeof load>>;

  beforeEach(async () => {
    vi.resetModules();
    backends = await load();
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await backends.stopBackend();
  });

  it('takes WASM at once where nobody chose', async () => {
    expect(await backends.startBackend('auto')).toEqual({
      name: 'wasm',
      reason: 'default',
      software: false,
      refused: [],
    });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('takes the chosen backend', async () => {
    expect(await backends.startBackend('cpu')).toMatchObject({ name: 'cpu', reason: 'chosen', refused: [] });
    expect(await backends.startBackend('wasm')).toMatchObject({ name: 'wasm', reason: 'chosen', refused: [] });
  });

  it('falls from WebGPU to WebGL to WASM and says why', async () => {
    expect(await backends.startBackend('webgpu')).toEqual({
      name: 'wasm',
      reason: 'fallback',
      software: false,
      refused: [
        { name: 'webgpu', why: 'no-api' },
        { name: 'webgl', why: 'no-api' },
      ],
    });
  });

  it('says that there is no adapter where the browser has WebGPU but no GPU', async () => {
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve(null) } });
    const { refused } = await backends.startBackend('webgpu');
    expect(refused[0]).toEqual({ name: 'webgpu', why: 'no-adapter' });
  });

  it('falls on to the CPU where WASM does not exist', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(await backends.startBackend('auto')).toMatchObject({
      name: 'cpu',
      reason: 'fallback',
      refused: [
        { name: 'wasm', why: 'no-api' },
        { name: 'webgl', why: 'no-api' },
      ],
    });
  });

  it('refuses a backend whose numbers are wrong', async () => {
    const stock = await breakPooling();
    try {
      expect(await backends.startBackend('auto')).toMatchObject({
        name: 'cpu',
        refused: [{ name: 'wasm', why: 'wrong-numbers' }, { name: 'webgl' }],
      });
    } finally {
      tf.unregisterKernel('MaxPool', 'wasm');
      tf.registerKernel(stock);
    }
  });

  it('throws an error that says of each why, if nothing runs', async () => {
    vi.doMock('#src/engine/start.ts', () => ({
      start: () => Promise.reject(new Error('out of order')),
      stop: () => undefined,
    }));
    vi.resetModules();
    const broken = await load();
    vi.doUnmock('#src/engine/start.ts');
    const error: unknown = await broken.startBackend('auto').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(broken.NoBackendError);
    expect(error).toMatchObject({
      code: 'no-backend',
      refused: [
        { name: 'wasm', why: 'failed-to-start', detail: 'out of order' },
        { name: 'webgl', why: 'no-api' },
        { name: 'cpu', why: 'failed-to-start', detail: 'out of order' },
      ],
    });
  });

  it('frees what was there when the backend changes, and keeps it when it does not', async () => {
    await backends.startBackend('wasm');
    tf.variable(tf.zeros([10]));
    const before = backends.tensorsInMemory();
    expect(before).toBeGreaterThan(0);
    await backends.startBackend('auto');
    expect(backends.tensorsInMemory()).toBe(before);
    await backends.startBackend('cpu');
    expect(backends.tensorsInMemory()).toBe(0);
    await backends.startBackend('wasm');
    expect(await tf.add(tf.tensor1d([1]), 2).data()).toEqual(new Float32Array([3]));
    await backends.stopBackend();
    expect(backends.tensorsInMemory()).toBe(0);
  });

  it('starts one at a time when asked several times at once', async () => {
    const reports = await Promise.all([backends.startBackend('wasm'), backends.startBackend('cpu')]);
    expect(reports.map(({ name }) => name)).toEqual(['wasm', 'cpu']);
    expect(tf.getBackend()).toBe('cpu');
  });
});

/** Makes ReLU let everything through; returns the stock kernel. */
async function breakPooling(): Promise<tf.KernelConfig> {
  await import('@tensorflow/tfjs-backend-wasm');
  // A kernel that is tfjs's own: ours are put in their places when the backend starts.
  const stock = tf.getKernel('MaxPool', 'wasm');
  tf.unregisterKernel('MaxPool', 'wasm');
  tf.registerKernel({
    ...stock,
    kernelFunc: (params) => {
      const pooled = stock.kernelFunc(params) as tf.TensorInfo;
      (params.backend as BackendWasm).typedArrayFromHeap(pooled).fill(1);
      return pooled;
    },
  });
  return stock;
}
