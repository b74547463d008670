import { expect, test } from '@playwright/test';
import { openLook, violations } from '../browser/looks.ts';
import { serveBelow } from '../browser/staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/book/');
});
test.afterAll(() => host.close());

for (const language of ['en', 'zh'] as const) {
  for (const look of ['light', 'dark', 'projector'] as const) {
    for (const width of [390, 1440, 1920]) {
      test(`axe finds nothing in ${language}, ${look}, ${width} wide, idle and while it trains with all open`, async ({
        browser,
      }) => {
        const { page, cnn } = await openLook(browser, host.root, language, look, width);
        await page.waitForLoadState('networkidle');
        expect(await violations(page), 'idle').toEqual([]);
        await cnn.control('run').click();
        await cnn.reach(5);
        await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
        expect(await violations(page), 'training').toEqual([]);
        await page.context().close();
      });
    }
  }
}
