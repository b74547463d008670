import { expect, test, type Browser } from '@playwright/test';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { curve, keepReports, open, reported } from '../browser/playground.ts';
import { serveBelow } from '../browser/staticHost.ts';

const steps = 10;
let host: Awaited<ReturnType<typeof serveBelow>>;

test.use({ launchOptions: launchOptions(...softwareGpu) });
test.beforeAll(async () => {
  host = await serveBelow('/book/');
});
test.afterAll(() => host.close());

async function losses(browser: Browser, query: string): Promise<number[]> {
  const page = await browser.newPage();
  await keepReports(page);
  const cnn = await open(page, host.root, query);
  await cnn.control('run').click();
  await cnn.reach(steps, 600_000);
  const found = curve(await reported(page), 'loss', steps);
  await page.close();
  return found;
}

// The short suite does this with batches of 8.
for (const settings of ['', '&optimizer=momentum&pooling=average&activation=tanh', '&kernelSize=5&filters1=4']) {
  for (const [backend, tolerance] of [
    ['webgpu', 1e-3],
    ['webgl', 2e-2],
    ['cpu', 1e-3],
  ] as const) {
    test(`on ${backend} ten losses of batches of 64 agree with WASM to ${tolerance} (${settings || 'as it comes'})`, async ({
      browser,
    }) => {
      const expected = await losses(browser, `?backend=wasm${settings}`);
      const found = await losses(browser, `?backend=${backend}${settings}`);
      const errors = found.map((loss, step) => Math.abs(loss / (expected[step] ?? Number.NaN) - 1));
      expect(Math.max(...errors)).toBeLessThan(tolerance);
    });
  }
}
