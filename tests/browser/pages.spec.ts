import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { listen, live } from './listen.ts';
import { violations } from './looks.ts';
import { names, type Language } from './playground.ts';
import { dist, serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

const { livegrad } = JSON.parse(readFileSync(join(dist, 'pages.json'), 'utf8')) as {
  livegrad: Record<Language, string[]>;
};
const addresses = livegrad.en.filter((address) => address !== '');

/** Every page in each language, each look and each width at least once. */
const looks = [
  { language: 'en', width: 1440, colorScheme: 'light', query: '' },
  { language: 'zh', width: 390, colorScheme: 'dark', query: '' },
  { language: 'zh', width: 1920, colorScheme: 'light', query: '?view=projector' },
] as const;

for (const address of addresses) {
  for (const { language, width, colorScheme, query } of looks) {
    test(`${language}/${address}/, ${width} wide, ${colorScheme}${query}: every playground runs, nothing moves or complains, axe finds nothing`, async ({
      browser,
    }) => {
      test.setTimeout(120_000);
      const viewport = { width, height: 900 };
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const heard = listen(page, host.root);
      await page.addInitScript(observeShifts);
      await page.goto(`${host.root}${language}/${address}/${query}`);
      await live(page);
      for (const playground of await page.locator('[data-playground]').all()) {
        await playground.scrollIntoViewIfNeeded();
        await expect(playground.locator('[data-live] > fieldset:disabled')).toHaveCount(0);
        const control = (name: 'run' | 'pause') =>
          playground.getByRole('button', { name: names[language][name], exact: true });
        if ((await control('run').count()) === 0) continue;
        await control('run').click();
        await expect
          .poll(async () => Number(await playground.getAttribute('data-step')), { timeout: 30_000 })
          .toBeGreaterThan(3);
        if ((await playground.getAttribute('data-run-state')) === 'running') await control('pause').click();
      }
      const { wide, shift } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        shift: (globalThis as unknown as { shifts: number[] }).shifts.reduce((sum, one) => sum + one, 0),
      }));
      expect(wide).toBeLessThanOrEqual(0);
      expect(shift).toBeLessThan(0.02);
      await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
      expect(await violations(page)).toEqual([]);
      expect(heard).toEqual([]);
      await context.close();
    });
  }
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  for (const address of addresses) {
    for (const language of ['en', 'zh'] satisfies Language[]) {
      test(`${language}/${address}/ can be read, with its formulas and a picture of each playground`, async ({
        page,
      }) => {
        await page.goto(`${host.root}${language}/${address}/`);
        expect((await page.locator('main').innerText()).length).toBeGreaterThan(1500);
        for (const playground of await page.locator('[data-playground]:has([data-picture])').all()) {
          const picture = playground.locator('img[alt]:not([alt=""])');
          await expect(picture).toBeVisible();
          expect((await picture.boundingBox())?.width ?? 0).toBeGreaterThan(200);
        }
      });
    }
  }
});

function observeShifts() {
  const shifts: number[] = [];
  Object.assign(globalThis, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) shifts.push(entry.value);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
