import { expect, test } from '@playwright/test';
import { openLook, violations } from './looks.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

/** Every pair of language, look and width; tests/long looks at all of them. */
const looks = [
  ['en', 'light', 1440],
  ['en', 'dark', 390],
  ['en', 'projector', 1440],
  ['zh', 'light', 390],
  ['zh', 'dark', 1440],
  ['zh', 'projector', 390],
] as const;

for (const [language, look, width] of looks) {
  test(`axe finds nothing in ${language}, ${look}, ${width} wide, while it trains with all open`, async ({
    browser,
  }) => {
    const { page, cnn } = await openLook(browser, host.root, language, look, width);
    await cnn.control('run').click();
    await cnn.reach(5);
    await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
}

for (const [language, width] of [
  ['en', 390],
  ['zh', 1440],
] as const) {
  test(`axe finds nothing in ${language}, ${width} wide, before the first Run`, async ({ browser }) => {
    const { page } = await openLook(browser, host.root, language, 'light', width);
    await page.waitForLoadState('networkidle');
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  for (const [language, heading] of [
    ['en', 'Convolutional neural networks'],
    ['zh', '卷积'],
  ] as const) {
    test(`in ${language}, text, formulas, diagrams and a picture of the trained network are there`, async ({
      page,
    }) => {
      await page.goto(`${host.root}${language}/core-algorithms/cnn/`);
      await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
      expect((await page.locator('main').innerText()).length).toBeGreaterThan(4000);
      await expect(page.locator('.katex').first()).toBeVisible();
      for (const diagram of await page.locator('[data-diagram] svg').all()) await expect(diagram).toBeVisible();
      expect(await page.locator('[data-diagram] svg').count()).toBeGreaterThanOrEqual(3);
      const picture = page.locator('#digits img[alt]:not([alt=""])').first();
      await expect(picture).toBeVisible();
      expect((await picture.boundingBox())?.width ?? 0).toBeGreaterThan(200);
    });
  }
});
