import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { listen, live } from './listen.ts';
import { serveBelow } from './staticHost.ts';

const base = '/some/deep/base/';
let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow(base);
});
test.afterAll(() => host.close());

const addresses = ['zh/', 'en/', 'zh/core-algorithms/cnn/', 'en/core-algorithms/cnn/'];
for (const address of [...addresses, 'en/core-algorithms/cnn/?seed=9&learningRate=nonsense']) {
  test(`${address} becomes live below a deep base, without a complaint and asking nobody else`, async ({ page }) => {
    const heard = listen(page, host.root);
    await page.goto(host.root + address);
    await live(page);
    await page.waitForLoadState('networkidle');
    expect(heard).toEqual([]);
  });
}

test('a page at rest has loaded nothing that only a run needs, nor the texts of another language', async ({ page }) => {
  await page.goto(`${host.root}zh/core-algorithms/cnn/`);
  await live(page);
  await page.waitForLoadState('networkidle');
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const scripts = loaded.filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(3);
  expect(scripts.filter((name) => /\/(lossPlot|en)-[^/]*$/.test(name))).toEqual([]);
});

test('the way in leads to the language the browser asks for', async ({ browser }) => {
  for (const [locale, language] of [
    ['zh-TW', 'zh'],
    ['en-GB', 'en'],
    ['fr-FR', 'zh'],
  ] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(host.root);
    await page.waitForURL(`${host.root}${language}/`);
    await context.close();
  }
});

test('the language changes in place: the heading at the top stays, the header lives on', async ({ page }) => {
  await page.goto(`${host.root}zh/core-algorithms/cnn/?seed=3`);
  await live(page);
  const ids = await page.locator('main h2[id]').evaluateAll((headings) => headings.map(({ id }) => id));
  const id = ids[Math.floor(ids.length / 2)] ?? '';
  await page.evaluate((heading) => document.getElementById(heading)?.scrollIntoView({ behavior: 'instant' }), id);
  const before = await page.locator(`#${id}`).evaluate((heading) => heading.getBoundingClientRect().top);
  await page.evaluate(() => Object.assign(document.querySelector('header') ?? {}, { isTheSame: true }));
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(`${host.root}en/core-algorithms/cnn/?seed=3`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const after = await page.locator(`#${id}`).evaluate((heading) => heading.getBoundingClientRect().top);
  expect(Math.abs(after - before)).toBeLessThan(60);
  expect(await page.evaluate(() => 'isTheSame' in (document.querySelector('header') ?? {}))).toBe(true);
  await page.goBack();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

for (const [asked, path, said] of [
  ['zh/core-algorithms/cnn', 'zh/core-algorithms/cnn/', undefined],
  ['zh/core-algorithms/cnm/', 'zh/core-algorithms/cnn/', 'zh/core-algorithms/cnm/'],
  ['zh/no/such/page', 'zh/', 'zh/no/such/page'],
  ['fr/core-algorithms/cnn/', 'en/core-algorithms/cnn/', 'fr/core-algorithms/cnn/'],
] as const) {
  test(`${asked} leads to ${path}${said === undefined ? '' : ' and says what was asked'}`, async ({ browser }) => {
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(host.root + asked);
    await page.waitForURL((url) => url.pathname === base + path);
    await live(page);
    if (said === undefined) await expect(page.getByRole('status').filter({ hasText: asked })).toHaveCount(0);
    else await expect(page.getByRole('status').filter({ hasText: said })).toBeVisible();
    await context.close();
  });
}

test('an address near no page gets the list of all, with links that lead there', async ({ page }) => {
  await page.goto(`${host.root}nothing/of/this/book/`);
  const link = page.locator('a[data-path="en/core-algorithms/cnn/"]');
  await expect(link).toHaveAttribute('href', `${base}en/core-algorithms/cnn/`);
});

test('the theme that was chosen is there before the first paint of the next page', async ({ page }) => {
  await page.goto(`${host.root}en/`);
  await live(page);
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  await page.goto(`${host.root}zh/`, { waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await live(page);
  await expect(page.getByRole('combobox', { name: '主题' })).toHaveValue('dark');
});

test('?view=projector enlarges the type', async ({ page }) => {
  const size = () =>
    page
      .locator('main p')
      .first()
      .evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));
  await page.goto(`${host.root}en/`);
  const normal = await size();
  await page.goto(`${host.root}en/?view=projector`);
  expect(await size()).toBeGreaterThan(normal * 1.2);
});

test('on a phone the contents are a drawer that the keyboard opens and closes', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${host.root}en/core-algorithms/cnn/`);
  const rail = page.getByRole('navigation', { name: 'Contents' });
  await expect(rail).toBeHidden();
  await page.getByRole('button', { name: 'Contents' }).focus();
  await page.keyboard.press('Enter');
  await expect(rail).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rail).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('a page is there, with its formulas', async ({ page }) => {
    await page.goto(`${host.root}zh/core-algorithms/cnn/`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.locator('.katex').count()).toBeGreaterThan(0);
  });
});

for (const language of ['zh', 'en']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in the ${colorScheme} contents in ${language}`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme });
      const page = await context.newPage();
      await page.goto(`${host.root}${language}/`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await context.close();
    });
  }
}
