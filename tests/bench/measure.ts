import type { Calls, Job, Library, Result, Timed } from './job.ts';

const workers: Record<Library, () => Worker> = {
  own: () => new Worker(new URL('./workers/own.ts', import.meta.url), { type: 'module' }),
  tfjs: () => new Worker(new URL('./workers/tfjs.ts', import.meta.url), { type: 'module' }),
  jax: () => new Worker(new URL('./workers/jax.ts', import.meta.url), { type: 'module' }),
  convnet: () => new Worker(new URL('./workers/convnet.ts', import.meta.url), { type: 'module' }),
  brain: () => new Worker(new URL('./workers/brain.ts', import.meta.url), { type: 'module' }),
};

/** Runs in the page: one measurement in a worker of its own, which ends with it. */
export function measure(job: Job): Promise<Result> {
  return new Promise((resolve) => {
    const worker = workers[job.library]();
    const finish = (result: Result) => {
      worker.terminate();
      clearTimeout(late);
      resolve(result);
    };
    const late = setTimeout(() => finish({ error: 'no answer within three minutes' }), 180_000);
    worker.onmessage = ({ data }: MessageEvent<'ready' | Timed | Calls>) => {
      if (data === 'ready') worker.postMessage(job);
      else finish(data);
    };
    worker.onerror = ({ message }) => finish({ error: message });
  });
}

/** The graphics card by the name that the browser gives it. */
export async function gpuName(): Promise<string> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return 'no WebGPU adapter';
  const { vendor, architecture, device, description } = adapter.info;
  return [vendor, architecture, device, description].filter((part) => part !== '').join(' ');
}
