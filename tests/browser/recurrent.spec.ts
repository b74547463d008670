import { expect, test } from '@playwright/test';
import { listen } from './listen.ts';
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
