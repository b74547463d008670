import { expect, test, type Browser, type Page } from '@playwright/test';
import { digitProgram } from '../ui/digitProgram.ts';
import { listen, live } from './listen.ts';
import { violations } from './looks.ts';
import { names, type Language } from './playground.ts';
import { playProgram } from './programWorker.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

const figure = (page: Page) => page.locator('#digits[data-playground="digit-cnn"]');
const rows = (page: Page) => figure(page).getByRole('region').locator('tbody tr');
const picture = (page: Page) => figure(page).getByRole('application');

interface Look {
  language?: Language;
  scheme?: 'light' | 'dark';
  width?: number;
  query?: string;
}

/** The page with a program that is always the same. */
async function openProgram(browser: Browser, { language = 'en', scheme = 'light', width = 1440, query = '' }: Look) {
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ colorScheme: scheme, viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await playProgram(page, digitProgram);
  await page.goto(`${host.root}${language}/about-the-engine/${query}`);
  await live(page);
  return page;
}

async function run(page: Page, language: Language = 'en') {
  await figure(page).getByRole('button', { name: names[language].run, exact: true }).click();
  await expect(rows(page)).toHaveCount(digitProgram.calls.length);
}

test('a network in training shows its own program, pass by pass', async ({ page }) => {
  const heard = listen(page, host.root);
  await page.goto(`${host.root}en/about-the-engine/`);
  await live(page);
  await figure(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(figure(page)).toHaveAttribute('data-program', 'replayed', { timeout: 30_000 });
  await expect(rows(page).first()).toBeVisible();
  await figure(page).getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(figure(page)).toHaveAttribute('data-run-state', 'paused');
  const kernels = await rows(page).getByRole('rowheader').allInnerTexts();
  expect(kernels.length).toBeGreaterThan(30);
  expect(kernels).toEqual(expect.arrayContaining(['Conv2D', 'OptimizerUpdate']));
  const fates = await rows(page).locator('td:nth-child(5)').allInnerTexts();
  expect(new Set(fates)).toEqual(new Set(['called']));
  await figure(page).getByRole('radio', { name: 'memory' }).check();
  const after = await rows(page).locator('td:nth-child(5)').allInnerTexts();
  expect(after.filter((fate) => fate === 'alias').length).toBeGreaterThan(10);
  expect(heard).toEqual([]);
});

test('nothing on the page moves when the program comes', async ({ browser }) => {
  for (const look of [{ width: 390 }, { width: 390, language: 'zh' }, { width: 1440 }] as const) {
    const page = await openProgram(browser, look);
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    const before = await height();
    await run(page, 'language' in look ? look.language : 'en');
    expect(await height()).toBe(before);
    await page.context().close();
  }
});

for (const look of [
  { language: 'en', scheme: 'light', width: 1440 },
  { language: 'zh', scheme: 'dark', width: 1440 },
  { language: 'zh', scheme: 'light', width: 390 },
  { language: 'en', scheme: 'dark', width: 390 },
  { language: 'zh', scheme: 'light', width: 1440, query: '?view=projector' },
] as const) {
  test(`axe finds nothing in ${JSON.stringify(look)}, before Run and with a program`, async ({ browser }) => {
    const page = await openProgram(browser, look);
    expect(await violations(page)).toEqual([]);
    await run(page, look.language);
    await figure(page).getByRole('radio').last().check();
    await picture(page).focus();
    await page.keyboard.press('ArrowRight');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.width);
    await page.context().close();
  });
}

test('the calls are walked through by keyboard, and the list follows without moving the page', async ({ browser }) => {
  const page = await openProgram(browser, {});
  await run(page);
  await picture(page).focus();
  await page.keyboard.press('End');
  const scrolled = await page.evaluate(() => scrollY);
  for (let key = 0; key < 30; key++) await page.keyboard.press('ArrowLeft');
  const chosen = figure(page).locator('tr[data-chosen]');
  await expect(chosen.locator('td').first()).toHaveText(String(digitProgram.calls.length - 30));
  const [row, list] = await Promise.all([chosen.boundingBox(), figure(page).getByRole('region').boundingBox()]);
  if (row === null || list === null) throw new Error('nothing is there');
  expect(row.y).toBeGreaterThan(list.y);
  expect(row.y + row.height).toBeLessThan(list.y + list.height);
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  await page.context().close();
});

test('the rectangle under the pointer is the call that is told of', async ({ browser }) => {
  const page = await openProgram(browser, {});
  await run(page);
  const relu = digitProgram.calls.findIndex(({ kernel }) => kernel === 'Relu');
  const block = figure(page).locator(`svg >> nth=2`).locator(`[data-place="${relu}"]`);
  await block.hover();
  await expect(
    figure(page)
      .getByText(`Call ${relu + 1} of ${digitProgram.calls.length}: Relu`)
      .last(),
  ).toBeVisible();
  await page.context().close();
});

test('the language changes in place, and the run with its program goes on', async ({ browser }) => {
  const page = await openProgram(browser, { language: 'zh' });
  await run(page, 'zh');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(figure(page)).toHaveAttribute('data-run-state', 'running');
  await expect(rows(page)).toHaveCount(digitProgram.calls.length);
  const step = Number(await figure(page).getAttribute('data-step'));
  await expect.poll(async () => Number(await figure(page).getAttribute('data-step'))).toBeGreaterThan(step);
  await page.context().close();
});

test('every playground leads here from its badge, and the contents from their end', async ({ page }) => {
  await page.goto(`${host.root}zh/core-algorithms/cnn/`);
  await live(page);
  await figure(page).getByRole('link', { name: '关于引擎' }).click();
  await expect(page).toHaveURL(`${host.root}zh/about-the-engine/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('关于引擎');
  await page.goto(`${host.root}en/`);
  await page.getByRole('main').getByRole('link', { name: 'About the engine' }).click();
  await expect(page).toHaveURL(`${host.root}en/about-the-engine/`);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the words are there, and the figure says what it needs', async ({ page }) => {
    await page.goto(`${host.root}en/about-the-engine/`);
    await expect(page.locator('#digits noscript p')).toContainText('It needs JavaScript.');
    await expect(page.locator('#digits noscript p')).toBeVisible();
    expect((await page.locator('main').innerText()).length).toBeGreaterThan(4000);
  });
});
