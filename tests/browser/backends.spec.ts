import { expect, test, type Browser, type Page } from '@playwright/test';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { curve, keepReports, open, places, reported, type PlaygroundName } from './playground.ts';
import { serveBelow } from './staticHost.ts';

const steps = 10;
let host: Awaited<ReturnType<typeof serveBelow>>;

test.use({ launchOptions: launchOptions(...softwareGpu) });
test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

/** Each playground that trains, small: a software GPU takes seconds for a step of the default settings. */
const trained = {
  'digit-cnn': { losses: ['loss'], small: { batchSize: 8 } },
  'memory-task': {
    losses: ['rnn-loss', 'gru-loss', 'lstm-loss'],
    small: { delay: 5, units: 8, batchSize: 8 },
  },
  'char-lstm': { losses: ['loss'], small: { units: 16, embedding: 8, timeSteps: 8, batchSize: 4 } },
  intents: { losses: ['loss'], small: { units: 8, embedding: 8, batchSize: 8 } },
  'next-item': { losses: ['loss'], small: { units: 8, embedding: 8, batchSize: 8 } },
} as const;

/** The first losses of a run on one backend. */
async function lossesOn(page: Page, name: keyof typeof trained, backend: string): Promise<number[]> {
  await keepReports(page);
  const { small, losses } = trained[name];
  const settings = Object.entries(small).map(([setting, value]) => `${places[name].id}.${setting}=${value}`);
  const playground = await open(page, host.root, `?${[`backend=${backend}`, ...settings].join('&')}`, 'en', name);
  await playground.control('run').click();
  await playground.is('running', 60_000);
  expect(await playground.attribute('backend')).toBe(backend);
  await playground.reach(steps, 120_000);
  const points = await reported(page);
  return losses.flatMap((metric) => curve(points, metric, steps));
}

const onWasm = new Map<PlaygroundName, number[]>();
async function reference(browser: Browser, name: keyof typeof trained): Promise<number[]> {
  const known = onWasm.get(name);
  if (known) return known;
  const page = await browser.newPage();
  const losses = await lossesOn(page, name, 'wasm');
  onWasm.set(name, losses);
  await page.close();
  return losses;
}

for (const name of Object.keys(trained) as (keyof typeof trained)[]) {
  for (const [backend, tolerance] of [
    ['webgpu', 1e-3],
    ['webgl', 2e-2],
  ] as const) {
    test(`ten losses of ${name} on ${backend} agree with those on WASM to ${tolerance}`, async ({ page, browser }) => {
      test.setTimeout(240_000);
      const expected = await reference(browser, name);
      const losses = await lossesOn(page, name, backend);
      const errors = losses.map((loss, step) => Math.abs(loss / (expected[step] ?? Number.NaN) - 1));
      expect(Math.max(...errors)).toBeLessThan(tolerance);
      expect(losses).not.toEqual(expected);
      await expect(page.getByText('Its adapter is software').first()).toBeVisible();
    });
  }
}
