import { expect, test, type Page } from '@playwright/test';
import { listen } from './listen.ts';
import { open, type Playground } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

const openWriter = (page: Page, query = '', language: 'en' | 'zh' = 'en') =>
  open(page, host.root, query, language, 'char-lstm');

const part = ({ root }: Playground, name: string) => root.getByRole('region', { name });
const text = (writer: Playground, name: string) =>
  part(writer, name).getByRole('group', { name: new RegExp(`^${name}`) });
const button = ({ root }: Playground, name: string | RegExp) => root.getByRole('button', { name, exact: true });

test('from the default seed prose is known better than by a trigram model, and written meanwhile', async ({ page }) => {
  test.setTimeout(120_000);
  const heard = listen(page, host.root);
  const writer = await openWriter(page);
  await expect(writer.metric('four-gram-bits')).toHaveAttribute('data-value', /^2\.3/);
  await writer.control('run').click();
  const isBetter = async () => (await writer.value('unseen-bits')) < (await writer.value('trigram-bits'));
  await writer.reach(100);
  await expect.poll(isBetter, { timeout: 90_000 }).toBe(true);
  expect(await writer.step()).toBeLessThan(1000);
  expect(await writer.value('perplexity')).toBeCloseTo(2 ** (await writer.value('unseen-bits')), 1);
  const before = await text(writer, 'What it writes').innerText();
  await expect(text(writer, 'What it writes')).not.toHaveText(before);
  await writer.control('pause').click();
  await writer.is('paused');
  await expect(button(writer, 'Write')).toBeVisible();
  await expect(writer.root.getByText(/^Best so far: \d\.\d{3} bits on unseen text, at step \d+/)).toBeVisible();
  expect(heard).toEqual([]);
});

test('the stored network of the Chinese page writes couplets, with the probability of each character', async ({
  page,
}) => {
  const heard = listen(page, host.root);
  const writer = await openWriter(page, '', 'zh');
  const written = text(writer, '它写出的文字');
  await expect(written).toHaveText(/([\u4e00-\u9fff]{5}，[\u4e00-\u9fff]{5}。)/);
  await part(writer, '它写出的文字').getByRole('textbox', { name: '以……开头' }).fill('明月');
  await button(writer, '重新起笔').click();
  await expect(written).toHaveText(/^明月.*。\s*[\u4e00-\u9fff]{5}，[\u4e00-\u9fff]{5}。/, { timeout: 30_000 });
  await button(writer, '停笔').click();
  await written.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await expect(written.getByRole('status')).toHaveText(/：出现之前，给它的概率是 \d+\.\d%。$/);
  await expect(
    part(writer, '它写出的文字').getByRole('table', { name: '此处最可能的字' }).getByRole('row'),
  ).toHaveCount(5);
  await writer.is('idle');
  expect(heard).toEqual([]);
});

test('a text of the reader is read letter by letter, the unknown as such, and what a prediction hangs on', async ({
  page,
}) => {
  const heard = listen(page, host.root);
  const writer = await openWriter(page);
  const read = text(writer, 'What it makes of a text');
  await writer.root.getByRole('textbox', { name: 'Type a text for it to read' }).fill('the white whale 鲸 <b>');
  await expect(read).toHaveText(/^the white whale � �b�/, { timeout: 30_000 });
  await writer.root.getByRole('radio', { name: 'influence' }).check();
  await read.focus();
  for (let step = 0; step < 15; step += 1) await page.keyboard.press('ArrowRight');
  // The letters before the last of "whale" are coloured, those after it are not.
  const coloured = () =>
    read
      .locator('[data-place][style*="color-mix"]')
      .evaluateAll((all) => all.map((one) => Number(one.dataset['place'])));
  await expect.poll(coloured).toContain(13);
  expect(Math.max(...(await coloured()))).toBeLessThan(14);
  await button(writer, /^Search all units/).click();
  const found = part(writer, 'Which units track what?').getByRole('table');
  await expect(found.getByRole('row', { name: /^the word ends next/ }).getByRole('button')).toHaveCount(3);
  await expect(found.getByRole('row', { name: /^the rhyme comes next/ })).toHaveText(/not in this text/);
  const best = found
    .getByRole('row', { name: /^place in the word/ })
    .getByRole('button')
    .first();
  const unit = /unit (\d+)/.exec(await best.innerText())?.[1] ?? '';
  await best.click();
  await expect(writer.root.getByRole('slider', { name: 'Unit', exact: true })).toHaveAttribute('aria-valuetext', unit);
  expect(heard).toEqual([]);
});

test("the reader's own text is learnt from, and the book's again afterwards", async ({ page }) => {
  test.setTimeout(90_000);
  const heard = listen(page, host.root);
  const writer = await openWriter(page);
  await writer.root.getByText('Your own text', { exact: true }).click();
  const field = writer.root.getByRole('textbox', { name: 'Paste it, or type it' });
  await field.fill('too short');
  await expect(button(writer, 'Train on this text')).toHaveAttribute('aria-disabled', 'true');
  await field.fill('שלום עולם 😀 e\u0301 <script>alert(1)</script>\r\n'.repeat(60));
  await button(writer, 'Train on this text').click();
  await writer.is('paused');
  await writer.trainTo(40);
  await expect(text(writer, 'What it makes of a text')).toHaveText(/שלום עולם/);
  await expect(writer.metric('unseen-bits')).toHaveAttribute('data-value', /^\d/);
  await button(writer, 'Back to the book’s text').click();
  await writer.is('paused');
  await writer.control('step').click();
  await expect(text(writer, 'What it makes of a text')).toHaveText(/^[a-z ,.;:'"!?()\n↵0-9-]+$/);
  expect(heard).toEqual([]);
});

test('a silenced unit is a change of the run: it has its step in the journal, and the run goes on', async ({
  page,
}) => {
  const heard = listen(page, host.root);
  const writer = await openWriter(page, '?units=16&batchSize=4');
  await expect(button(writer, 'Silence unit 1')).toHaveAttribute('aria-disabled', 'true');
  await writer.trainTo(60);
  const before = await writer.value('loss');
  await button(writer, 'Silence unit 1').click();
  await writer.control('step').click();
  await expect(writer.metric('loss')).not.toHaveAttribute('data-value', String(before));
  await writer.trainTo(80);
  expect(heard).toEqual([]);
});
