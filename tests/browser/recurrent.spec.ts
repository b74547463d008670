import { expect, test } from '@playwright/test';
import { listen, live } from './listen.ts';
import { open, playgroundOn } from './playground.ts';
import { serveBelow } from './staticHost.ts';

/** Several playgrounds share a page, and one device. */

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

test('a run goes on when the language is switched, though another playground of the page would look at its own', async ({
  page,
}) => {
  const heard = listen(page, host.root);
  const writer = await open(page, host.root, '?units=16&batchSize=4', 'en', 'char-lstm');
  await writer.control('run').click();
  await writer.reach(20);
  await page.getByRole('link', { name: '中文' }).click();
  const inChinese = playgroundOn(page, 'zh', 'char-lstm');
  await expect(inChinese.control('pause')).toBeVisible();
  await inChinese.is('running');
  await inChinese.reach((await inChinese.step()) + 200);
  await inChinese.is('running');
  expect(heard).toEqual([]);
});

test("after a reload a run on the reader's own text goes on, also where another text of the book had been chosen", async ({
  page,
}) => {
  const query = '?units=16&batchSize=4';
  const writer = await open(page, host.root, `${query}&text=few-couplets`, 'en', 'char-lstm');
  await writer.root.getByText('Your own text', { exact: true }).click();
  await writer.root.getByRole('textbox', { name: 'Paste it, or type it' }).fill('to be or not to be, '.repeat(60));
  await writer.root.getByRole('button', { name: 'Train on this text' }).click();
  await writer.is('paused');
  await writer.trainTo(40);
  const [step, bits] = [await writer.step(), await writer.value('unigram-bits')];

  const again = await open(page, host.root, query, 'en', 'char-lstm');
  await again.root.getByRole('button', { name: 'Go on from there' }).click();
  await again.is('paused');
  await again.control('step').click();
  await expect.poll(again.step).toBe(step + 1);
  expect(await again.value('unigram-bits')).toBe(bits);
});

test('of two runs on a page the one that is seen trains, however often the reader goes from one to the other', async ({
  page,
}) => {
  const heard = listen(page, host.root);
  const task = await open(page, host.root, '?memory.units=8&writer.units=16', 'en', 'memory-task');
  const writer = playgroundOn(page, 'en', 'char-lstm');
  await task.control('run').click();
  await task.reach(10);
  await writer.root.scrollIntoViewIfNeeded();
  await writer.control('run').click();
  await writer.reach(10);
  for (let round = 0; round < 3; round += 1) {
    for (const [seen, left] of [
      [task, writer],
      [writer, task],
    ] as const) {
      await seen.root.scrollIntoViewIfNeeded();
      await seen.is('running');
      await seen.reach((await seen.step()) + 5);
      await left.is('paused');
    }
  }
  expect(heard).toEqual([]);
});

test('a run that is left while it is still loading waits for the reader', async ({ page }) => {
  await page.route(/moby-dick.*\.data$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await route.continue();
  });
  const writer = await open(page, host.root, '?units=16&batchSize=4', 'en', 'char-lstm');
  await writer.control('run').click();
  await writer.is('loading');
  await page.evaluate(() => scrollTo(0, 0));
  await writer.is('paused');
  expect(await writer.step()).toBeLessThan(100);
  await writer.root.scrollIntoViewIfNeeded();
  await writer.is('running');
});

for (const address of [
  'core-algorithms/rnn',
  'mathematics/rnn',
  'applications/customer-service',
  'applications/recommendation',
]) {
  test(`${address} is as wide as a phone, in both languages`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const language of ['en', 'zh']) {
      await page.goto(`${host.root}${language}/${address}/`);
      await live(page);
      for (const root of await page.locator('[data-playground]').all()) {
        await root.scrollIntoViewIfNeeded();
        await expect(root.getByRole('status').first()).toBeVisible();
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth), language).toBe(390);
    }
  });
}
