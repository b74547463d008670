import type { Browser } from 'playwright';
import { open, type Playground } from '../../browser/playground.ts';

/** One line of the table. */
export interface Row {
  what: string;
  measured: string;
  goal: string;
}

/** The page in a window of its own with engine and data loaded, before the first Run. */
export async function openRun(browser: Browser, root: string, query = '', script?: () => void): Promise<Playground> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(listenToWorkers);
  if (script) await page.addInitScript(script);
  const cnn = await open(page, root, query);
  await page.waitForFunction(() => (globalThis as unknown as { heard: Heard }).heard.isPrepared);
  return cnn;
}

/** What the page has heard from its worker. */
export interface Heard {
  isPrepared: boolean;
  /** Median of the last steps, as the badge shows it. */
  millisecondsPerStep: number;
}

function listenToWorkers() {
  const heard: Heard = { isPrepared: false, millisecondsPerStep: 0 };
  Object.assign(globalThis, { heard });
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }: MessageEvent<{ type: string; millisecondsPerStep?: number }>) => {
        if (data.type === 'prepared') heard.isPrepared = true;
        heard.millisecondsPerStep = data.millisecondsPerStep ?? heard.millisecondsPerStep;
      });
    }
  };
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((part / 100) * sorted.length))] ?? Number.NaN;
}
