import { expect, test, type Browser, type Page } from '@playwright/test';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { curve, keepReports, open, reported } from './playground.ts';
import { serveBelow } from './staticHost.ts';

const steps = 10;
let host: Awaited<ReturnType<typeof serveBelow>>;

test.use({ launchOptions: launchOptions(...softwareGpu) });
test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

/** The first losses of a run on one backend. Small batches: a software GPU takes seconds for a step of 64. */
async function lossesOn(page: Page, backend: string): Promise<number[]> {
  await keepReports(page);
  const cnn = await open(page, host.root, `?backend=${backend}&batchSize=8`);
  await cnn.control('run').click();
  await cnn.is('running', 60_000);
  expect(await cnn.attribute('backend')).toBe(backend);
  await cnn.reach(steps, 120_000);
  return curve(await reported(page), 'loss', steps);
}

let onWasm: number[] | undefined;
async function reference(browser: Browser): Promise<number[]> {
  if (onWasm) return onWasm;
  const page = await browser.newPage();
  onWasm = await lossesOn(page, 'wasm');
  await page.close();
  return onWasm;
}

for (const [backend, tolerance] of [
  ['webgpu', 1e-3],
  ['webgl', 2e-2],
] as const) {
  test(`on ${backend} ten losses agree with those on WASM to ${tolerance}`, async ({ page, browser }) => {
    test.setTimeout(240_000);
    const expected = await reference(browser);
    const losses = await lossesOn(page, backend);
    const errors = losses.map((loss, step) => Math.abs(loss / (expected[step] ?? Number.NaN) - 1));
    expect(Math.max(...errors)).toBeLessThan(tolerance);
    expect(losses).not.toEqual(expected);
    await expect(page.getByText('Its adapter is software')).toBeVisible();
  });
}
