import { expect, type Locator, type Page } from '@playwright/test';
import { live } from './listen.ts';

/** The accessible names of the controls, as the contract with scripts promises them. */
export const names = {
  en: { run: 'Run', pause: 'Pause', step: 'One step', again: 'Start again', seed: 'New seed', slow: 'Slow motion' },
  zh: { run: '运行', pause: '暂停', step: '单步', again: '从头开始', seed: '换种子', slow: '慢动作' },
} as const;

export type Language = keyof typeof names;
export type Control = keyof (typeof names)['en'];

/** Where each playground stands: the address of a page, and its instance there. */
export const places = {
  'digit-cnn': { address: 'core-algorithms/cnn', id: 'digits' },
  'memory-task': { address: 'core-algorithms/rnn', id: 'memory' },
  'rnn-cell': { address: 'core-algorithms/rnn', id: 'cell' },
  unrolled: { address: 'core-algorithms/rnn', id: 'unrolled' },
  'char-lstm': { address: 'core-algorithms/rnn', id: 'writer' },
  intents: { address: 'applications/customer-service', id: 'service' },
  'next-item': { address: 'applications/recommendation', id: 'shop' },
} as const;

export type PlaygroundName = keyof typeof places;

/** A playground on its page, reached only by what the contract promises: attributes, outputs, accessible names. */
export interface Playground {
  page: Page;
  root: Locator;
  control(name: Control, language?: Language): Locator;
  /** Waits for a state of the run. */
  is(state: 'idle' | 'loading' | 'running' | 'paused' | 'failed', timeout?: number): Promise<void>;
  step(): Promise<number>;
  /** Waits until so many steps are done. */
  reach(step: number, timeout?: number): Promise<void>;
  /** Trains at full speed until so many steps are done, then pauses. */
  trainTo(step: number): Promise<void>;
  attribute(name: 'run-state' | 'step' | 'backend' | 'seed'): Promise<string>;
  metric(name: string): Locator;
  value(name: string): Promise<number>;
}

export async function open(
  page: Page,
  root: string,
  query = '',
  language: Language = 'en',
  name: PlaygroundName = 'digit-cnn',
): Promise<Playground> {
  await page.goto(`${root}${language}/${places[name].address}/${query}`);
  await live(page);
  const playground = playgroundOn(page, language, name);
  await playground.root.scrollIntoViewIfNeeded();
  // Before, a key that is pressed goes nowhere.
  await expect(playground.root.locator('[data-live] > fieldset:disabled')).toHaveCount(0);
  return playground;
}

export function playgroundOn(page: Page, language: Language = 'en', name: PlaygroundName = 'digit-cnn'): Playground {
  const root = page.locator(`#${places[name].id}[data-playground="${name}"]`);
  const attribute = async (name: string) => (await root.getAttribute(`data-${name}`)) ?? '';
  const step = async () => Number(await attribute('step'));
  const metric = (name: string) => root.locator(`output[data-metric="${name}"]`);
  const playground: Playground = {
    page,
    root,
    control: (name, spoken = language) => root.getByRole('button', { name: names[spoken][name], exact: true }),
    is: (state, timeout = 20_000) => expect(root).toHaveAttribute('data-run-state', state, { timeout }),
    step,
    reach: (wanted, timeout = 45_000) => expect.poll(step, { timeout, intervals: [50] }).toBeGreaterThanOrEqual(wanted),
    async trainTo(wanted) {
      await playground.control('run').click();
      await playground.reach(wanted);
      await playground.control('pause').click();
      await playground.is('paused');
    },
    attribute,
    metric,
    value: async (name) => Number(await metric(name).getAttribute('data-value')),
  };
  return playground;
}

/** Every number that the worker reported, in order. */
export interface Point {
  step: number;
  metric: string;
  value: number;
}

/** From now on the page keeps what its workers report: the curve at full precision, step by step, before it is drawn. */
export async function keepReports(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const points: unknown[] = [];
    Object.assign(globalThis, { reportedPoints: points });
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener('message', ({ data }: MessageEvent<{ metrics?: unknown[] }>) => {
          points.push(...(data.metrics ?? []));
        });
      }
    };
  });
}

export async function reported(page: Page): Promise<Point[]> {
  return page.evaluate(() => (globalThis as unknown as { reportedPoints: Point[] }).reportedPoints);
}

/**
 * A metric by step, from 1 to `steps`.
 *
 * @throws Error if a step is missing, or was computed twice (after a restart) with two results.
 */
export function curve(points: readonly Point[], metric: string, steps: number): number[] {
  const values = new Map<number, number>();
  for (const point of points) {
    if (point.metric !== metric) continue;
    const known = values.get(point.step);
    if (known !== undefined && !Object.is(known, point.value)) {
      throw new Error(`${metric} of step ${point.step} was ${known}, then ${point.value}`);
    }
    values.set(point.step, point.value);
  }
  return Array.from({ length: steps }, (_, index) => {
    const value = values.get(index + 1);
    if (value === undefined) throw new Error(`no ${metric} of step ${index + 1}`);
    return value;
  });
}
