import type { Browser } from 'playwright';
import { open, type Language, type Playground, type PlaygroundName } from '../../browser/playground.ts';

/** One line of the table. */
export interface Row {
  what: string;
  measured: string;
  goal: string;
}

/** The page in a window of its own with engine and data loaded, before the first Run. */
export async function openRun(
  browser: Browser,
  root: string,
  query = '',
  { script, name, language }: { script?: () => void; name?: PlaygroundName; language?: Language } = {},
): Promise<Playground> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(listenToWorkers);
  if (script) await page.addInitScript(script);
  const playground = await open(page, root, query, language, name);
  const id = await playground.root.getAttribute('data-playground');
  await page.waitForFunction(
    (wanted) => (globalThis as unknown as { heard: Heard }).heard.prepared.includes(wanted),
    id ?? '',
  );
  return playground;
}

/** What the page has heard from its worker. */
export interface Heard {
  /** Playgrounds whose code and data are there. */
  prepared: string[];
  /** Median of the last steps, as the badge shows it. */
  millisecondsPerStep: number;
  /** Pictures that have come. */
  frames: number;
}

function listenToWorkers() {
  const heard: Heard = { prepared: [], millisecondsPerStep: 0, frames: 0 };
  Object.assign(globalThis, { heard });
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener(
        'message',
        ({ data }: MessageEvent<Partial<Heard> & { type: string; playgroundId?: string }>) => {
          if (data.type === 'frame') heard.frames += 1;
          if (data.type === 'prepared') heard.prepared.push(data.playgroundId ?? '');
          heard.millisecondsPerStep = data.millisecondsPerStep ?? heard.millisecondsPerStep;
        },
      );
    }
  };
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((part / 100) * sorted.length))] ?? Number.NaN;
}
