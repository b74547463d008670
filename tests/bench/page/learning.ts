import type { Browser } from 'playwright';
import { openRun, percentile, type Row } from './open.ts';

const seeds = [7, 8, 9];
const wanted = 0.97;

/** From the press of Run with the default settings: until the first step is shown, until 97 % of unseen digits are read. */
export async function measureLearning(browser: Browser, root: string): Promise<Row[]> {
  const runs = [];
  for (const seed of seeds) {
    const cnn = await openRun(browser, root, `?seed=${seed}`);
    runs.push(await cnn.root.evaluate(timeRun, wanted));
    await cnn.page.close();
  }
  const seconds = (times: number[]) => times.map((time) => (time / 1000).toFixed(2)).join(', ');
  return [
    {
      what: `Run to first step on WASM, seeds ${seeds.join(', ')}`,
      measured: `${seconds(runs.map(({ first }) => first))} s`,
      goal: 'under 0.5 s',
    },
    {
      what: `Run to ${wanted * 100} % of 1,000 unseen digits on WASM, the same seeds`,
      measured: `${seconds(runs.map(({ learnt }) => learnt))} s (steps ${runs.map(({ step }) => step).join(', ')}; median ${(
        percentile(
          runs.map(({ learnt }) => learnt),
          50,
        ) / 1000
      ).toFixed(1)} s)`,
      goal: 'within 30 s',
    },
  ];
}

/** Presses Run and reads attributes as they change. Times in milliseconds; infinite where it takes over two minutes. */
function timeRun(
  root: HTMLElement | SVGElement,
  goal: number,
): Promise<{ first: number; learnt: number; step: number }> {
  return new Promise((resolve) => {
    const accuracy = root.querySelector<HTMLElement>('output[data-metric="unseen-accuracy"]');
    const start = performance.now();
    let first = Infinity;
    const look = () => {
      const step = Number(root.dataset['step']);
      if (step > 0) first = Math.min(first, performance.now() - start);
      const isLearnt = Number(accuracy?.dataset['value']) >= goal;
      if (!isLearnt && performance.now() - start < 120_000) return;
      watch.disconnect();
      resolve({ first, learnt: isLearnt ? performance.now() - start : Infinity, step });
    };
    const watch = new MutationObserver(look);
    watch.observe(root, { attributes: true, attributeFilter: ['data-step', 'data-value'], subtree: true });
    [...root.querySelectorAll('button')].find(({ textContent }) => textContent === 'Run')?.click();
  });
}
