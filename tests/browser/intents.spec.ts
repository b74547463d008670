import { expect, test, type Locator, type Page } from '@playwright/test';
import { listen } from './listen.ts';
import { open, type Playground } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

const openService = (page: Page, language: 'en' | 'zh' = 'en') => open(page, host.root, '', language, 'intents');

const box = (service: Playground) => service.root.getByLabel('Your sentence to the shop');

/** The bars of the probabilities, a row a class. */
const bars = (service: Playground) => service.root.getByRole('table', { name: 'What the sentence is about' });

/** A button that says it cannot be used still answers when pressed: it says why. */
async function press(button: Locator) {
  await button.focus();
  await button.press('Enter');
}

/** The probability of a class as it is shown, in percent. */
async function shareOf(service: Playground, name: string): Promise<number> {
  const row = bars(service).getByRole('row', { name: new RegExp(`^${name}`) });
  return Number.parseFloat(await row.getByRole('cell').first().innerText());
}

const tokens = (service: Playground) => service.root.getByRole('list', { name: 'Tokens that the network reads' });

async function openPanel(page: Page) {
  const service = await openService(page);
  await service.root.getByText('Teach it your own sentences and classes').click();
  const button = (name: string) => service.root.getByRole('button', { name, exact: true });
  return { service, button, add: button('Add to the list'), begin: button('Begin anew with this list') };
}

test('the stored network reads a sentence and its class before the first Run, beside the bag of words', async ({
  page,
}) => {
  const heard = listen(page, host.root);
  const service = await openService(page);
  await expect(box(service)).not.toHaveValue('');
  await expect(bars(service).getByRole('row')).toHaveCount(11);
  await expect(service.root.getByText(/reads 1[89]\d of 200 unseen sentences rightly/)).toBeVisible();
  expect(await service.value('unseen-accuracy')).toBeGreaterThanOrEqual(0.9);
  expect(await service.value('baseline-accuracy')).toBeGreaterThan(0.85);
  await expect(service.root.getByText(/of 200 unseen sentences (more|fewer) rightly|equally many/)).toBeVisible();
  await service.is('idle');
  expect(heard).toEqual([]);
});

test('typing changes the bars letter by letter, and a word it never met is marked', async ({ page }) => {
  const heard = listen(page, host.root);
  const service = await openService(page);
  await box(service).fill('');
  await expect(service.root.getByText('The box is empty')).toBeVisible();
  await box(service).pressSequentially('I want my money back');
  await expect.poll(() => shareOf(service, 'refund')).toBeGreaterThan(50);
  await box(service).fill('Please send me the invoice for my zzyzx');
  await expect.poll(() => shareOf(service, 'invoice')).toBeGreaterThan(80);
  await expect(tokens(service).getByRole('listitem').last()).toHaveText('?zzyzx');
  await expect(service.root.getByText(/Unknown \(\?\).*: zzyzx\./)).toBeVisible();
  await service.root.getByRole('button', { name: 'Next unseen sentence' }).click();
  await expect(box(service)).not.toHaveValue('Please send me the invoice for my zzyzx');
  await service.is('idle');
  expect(heard).toEqual([]);
});

test('whatever is typed is read or refused in a sentence', async ({ page }) => {
  const heard = listen(page, host.root);
  const service = await openService(page);
  await box(service).fill('<img src=x onerror=alert(1)> refund');
  await expect(tokens(service)).toContainText('onerror');
  await box(service).fill('refund '.repeat(1428));
  await expect(service.root.getByText(/only the last 24 are read/)).toBeVisible();
  await expect.poll(() => shareOf(service, 'refund')).toBeGreaterThan(50);
  await box(service).fill('refund '.repeat(3000));
  await expect(service.root.getByText(/More than 10.000 are not read/)).toBeVisible();
  await box(service).fill('🧾🏽 \u202Eابحث é\u0301 \uD800 …');
  await expect(service.root.getByText(/Tokens: \d+\./)).toBeVisible();
  await expect(bars(service).getByRole('row')).toHaveCount(11);
  expect(heard).toEqual([]);
});

test('a mistake of the review comes into the box, with its true class beside what was read', async ({ page }) => {
  const service = await openService(page);
  const mistake = service.root.locator('li button', { has: page.locator('q') }).first();
  const sentence = ((await mistake.locator('q').textContent()) ?? '').replace(/[“”]/g, '');
  await mistake.click();
  await expect(box(service)).toHaveValue(sentence);
  await expect(bars(service).getByText('true')).toBeVisible();
  // A number off the diagonal leads to the sentences behind it.
  const cell = service.root.getByRole('table', { name: 'Which intent is taken for which' }).getByRole('button');
  await cell.first().click();
  await expect(service.root.getByRole('button', { name: 'Back to the worst mistakes' })).toBeVisible();
});

test('training reads nine in ten, and a sentence can be learnt on the way', async ({ page }) => {
  const { service, button } = await openPanel(page);
  await service.trainTo(200);
  expect(await service.value('unseen-accuracy')).toBeGreaterThanOrEqual(0.9);
  await box(service).fill('qwxyz blorp fnord');
  await service.root.getByLabel('Class', { exact: true }).selectOption('invoice');
  await button('Learn it now, once more in each batch').click();
  await expect(service.root.getByText('From the next step on the network learns this sentence, too')).toBeVisible();
  await expect.poll(() => shareOf(service, 'invoice')).toBeGreaterThanOrEqual(0);
  const before = await shareOf(service, 'invoice');
  await service.trainTo((await service.step()) + 60);
  await expect.poll(() => shareOf(service, 'invoice')).toBeGreaterThan(before);
});

test('a class of the reader’s is learnt from its sentences, its name shown as it is; the book’s come back', async ({
  page,
}) => {
  const heard = listen(page, host.root);
  const { service, button, add, begin } = await openPanel(page);
  await expect(begin).toHaveAttribute('aria-disabled', 'true');
  await service.root.getByLabel('Class', { exact: true }).selectOption('a new class …');
  await box(service).fill('You are wonderful, thank you');
  await press(add);
  await expect(service.root.getByText('Give the new class a name.')).toBeVisible();
  await service.root.getByLabel('Its name').fill('<b>praise</b>');
  await press(add);
  await expect(service.root.getByText('“<b>praise</b>” has one sentence')).toBeVisible();
  await press(add);
  await expect(service.root.getByText('in the list already')).toBeVisible();
  for (const sentence of ['What a wonderful shop', 'Thank you, wonderful people', 'wonderful service, thank you']) {
    await box(service).fill(sentence);
    await press(add);
  }
  await begin.click();
  await service.is('paused');
  await service.trainTo(150);
  await expect(bars(service).getByRole('row')).toHaveCount(12);
  await box(service).fill('thank you, you are wonderful');
  await expect.poll(() => shareOf(service, '<b>praise</b>')).toBeGreaterThan(50);
  await button('Back to the book’s sentences alone').click();
  await expect(bars(service).getByRole('row')).toHaveCount(11);
  expect(heard).toEqual([]);
});

test('a sentence that cannot be learnt from gets a sentence, and the run stays', async ({ page }) => {
  const { service, add } = await openPanel(page);
  for (const [text, sentence] of [
    ['', 'The box above is empty.'],
    ['\u200B\u202E', 'The box above is empty.'],
    ['x'.repeat(301), 'This sentence has 301 characters; at most 300 can be learnt from.'],
  ] as const) {
    await box(service).fill(text);
    await expect(add).toHaveAttribute('aria-disabled', 'true');
    await press(add);
    await expect(service.root.getByText(sentence)).toBeVisible();
  }
  await box(service).fill('lovely');
  await service.root.getByLabel('Class', { exact: true }).selectOption('a new class …');
  await service.root.getByLabel('Its name').fill('n'.repeat(31));
  await press(add);
  await expect(service.root.getByText('This name has 31 characters; at most 30 are allowed.')).toBeVisible();
  await service.is('idle');
});

test('a word of the map is found by typing and by arrow keys', async ({ page }) => {
  const service = await openService(page);
  await service.root.getByLabel('Find a word').fill('refund');
  await expect(service.root.getByText(/^Nearest to refund: /)).toBeVisible();
  await service.root.getByLabel('Find a word').fill('qqqq');
  await expect(service.root.getByText('“qqqq” is not among the')).toBeVisible();
  await service.root.getByLabel('Find a word').fill('refund');
  await service.root.getByRole('application', { name: /words as points/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(service.root.getByText(/^Nearest to (?!refund:)/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(service.root.getByText(/^Nearest to refund:/)).toBeVisible();
});

test('in Chinese it reads Chinese characters and speaks Chinese', async ({ page }) => {
  const service = await openService(page, 'zh');
  const chinese = service.root.getByLabel('你对客服说的话');
  await chinese.fill('请给我开一张发票');
  const row = service.root.getByRole('row', { name: /^发票/ }).first();
  await expect.poll(async () => Number.parseFloat(await row.getByRole('cell').first().innerText())).toBeGreaterThan(80);
  await expect(service.root.getByRole('list', { name: '网络读到的词元' }).getByRole('listitem')).toHaveCount(8);
});
