import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { launchOptions, noGpu } from '../../playwright.config.ts';
import { open } from './playground.ts';
import { dist, serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.use({ launchOptions: launchOptions(...noGpu) });
test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

test('without any GPU, ?backend=webgpu trains on WASM, and the badge says what was tried', async ({ page }) => {
  const cnn = await open(page, host.root, '?backend=webgpu');
  await cnn.control('run').click();
  await cnn.reach(3);
  expect(await cnn.attribute('backend')).toBe('wasm');
  const badge = cnn.root.getByRole('group', { name: 'What computes this run' });
  await expect(badge).toContainText('WebGPU was asked for; this browser');
  await expect(badge).toContainText('WebGL was tried next; this browser gives no adapter.');
  await expect(badge).toContainText('So WebAssembly runs.');
});

/** Takes the last two engines away: WebAssembly out of the worker, and the code of the one in JavaScript. */
async function takeEnginesAway(page: Page) {
  const assets = join(dist, 'assets');
  const isCpu = (name: string) => name.endsWith('.js') && /\(.cpu.,/.test(readFileSync(join(assets, name), 'utf8'));
  const cpu = readdirSync(assets).filter(isCpu);
  expect(cpu.length).toBeGreaterThan(0);
  await page.route(
    (url) => cpu.some((name) => url.pathname.endsWith(name)),
    (route) => route.abort(),
  );
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}\ndelete globalThis.WebAssembly;` });
  });
}

for (const [language, sentence] of [
  ['en', 'No engine runs in this browser.'],
  ['zh', '这个浏览器里没有能用的计算引擎。'],
] as const) {
  test(`where nothing computes, the page in ${language} still reads and says why it does not train`, async ({
    page,
  }) => {
    await takeEnginesAway(page);
    const cnn = await open(page, host.root, '', language);
    await cnn.control('run').click();
    await cnn.is('failed');
    await expect(cnn.root.getByText(sentence)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.locator('.katex').count()).toBeGreaterThan(10);
  });
}
