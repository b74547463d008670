import type { Browser } from 'playwright';
import { openRun, type Heard, type Row } from './open.ts';

/**
 * A step of the same network at batch 64: on WASM with the kernels of `src/engine`, and on those backends of tfjs that
 * can train it without a GPU as they come: JavaScript, and WebGL in software. (tfjs's own WASM backend lacks the
 * gradients, so it cannot.) One run, WASM first and last, so that a machine that gets slower is seen.
 */
export async function measureBackends(browser: Browser, root: string): Promise<Row[]> {
  const before = await millisecondsPerStep(browser, root, 'wasm', 200);
  const cpu = await millisecondsPerStep(browser, root, 'cpu', 40);
  const webgl = await millisecondsPerStep(browser, root, 'webgl', 8);
  const after = await millisecondsPerStep(browser, root, 'wasm', 200);
  const wasm = (before + after) / 2;
  const ratio = Math.min(cpu, webgl) / wasm;
  const text = (value: number) => value.toFixed(1);
  return [
    { what: 'a step on WASM, before and after the others', measured: `${text(before)}, ${text(after)} ms`, goal: '' },
    {
      what: 'a step on tfjs’s cpu and on its webgl in software',
      measured: `${text(cpu)}, ${text(webgl)} ms`,
      goal: '',
    },
    { what: 'WASM faster than the best of these', measured: `${text(ratio)} times`, goal: 'at least 5 times' },
  ];
}

async function millisecondsPerStep(browser: Browser, root: string, backend: string, steps: number): Promise<number> {
  const cnn = await openRun(browser, root, `?backend=${backend}`);
  await cnn.control('run').click();
  await cnn.reach(steps, 240_000);
  const ran = await cnn.attribute('backend');
  if (ran !== backend) throw new Error(`${backend} was asked for, ${ran} ran.`);
  const { millisecondsPerStep: median } = await cnn.page.evaluate(
    () => (globalThis as unknown as { heard: Heard }).heard,
  );
  await cnn.page.close();
  return median;
}
