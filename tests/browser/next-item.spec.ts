import { expect, test } from '@playwright/test';
import { listen } from './listen.ts';
import { open, type Playground } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

const openShop = (page: Parameters<typeof open>[0], language: 'en' | 'zh' = 'en') =>
  open(page, host.root, '', language, 'next-item');

const item = (shop: Playground, name: string) =>
  shop.root.getByRole('group', { name: /^Shelves/ }).getByRole('button', { name, exact: true });

/** The first of a recommender's list. */
const first = (shop: Playground, who: 'network' | 'markov') =>
  shop.root.locator(`section[data-who="${who}"] ol button`).first();

test('the stored network shows a list, a rank and both measures before the first Run', async ({ page }) => {
  const heard = listen(page, host.root);
  const shop = await openShop(page);
  await expect(first(shop, 'network')).toContainText('Watering can');
  await expect(first(shop, 'markov')).toContainText('Baking tin');
  await expect(shop.root.locator('[data-rank]')).toHaveText(['In place 5', 'In place 15', 'In place 46', 'In place 5']);
  for (const measure of ['hit-rate-10', 'mrr']) {
    const [network, markov, popularity, best] = await Promise.all(
      ['', 'markov-', 'popularity-', 'best-'].map((who) => shop.value(who + measure)),
    );
    expect(network).toBeGreaterThan(markov ?? NaN);
    expect(markov).toBeGreaterThan(popularity ?? NaN);
    expect(network).toBeLessThan(best ?? NaN);
  }
  await shop.is('idle');
  expect(heard).toEqual([]);
});

test('clicks change the list: after phone, case and novel the network still expects the charger, the chain a notebook', async ({
  page,
}) => {
  const shop = await openShop(page);
  for (const name of ['Phone', 'Phone case', 'Novel']) await item(shop, name).click();
  await expect(shop.root.getByRole('radio', { name: 'your own clicks' })).toBeChecked();
  await expect(first(shop, 'network')).toContainText('Charger');
  await expect(first(shop, 'markov')).toContainText('Notebook');
  await expect(item(shop, 'Phone case')).toHaveAttribute('aria-pressed', 'true');
  await shop.is('idle');
  // A second click takes an item out; Back takes the last one.
  await item(shop, 'Phone case').click();
  await expect(first(shop, 'network')).not.toContainText('Charger');
  await shop.root.getByRole('button', { name: 'Take back the last click' }).click();
  await expect(shop.root.getByRole('list', { name: 'Clicks so far, in order' })).toHaveText(/^1Phone/);
});

test('by keyboard alone an item is clicked, and one of the list after it', async ({ page }) => {
  const shop = await openShop(page);
  await item(shop, 'Monitor').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(first(shop, 'network')).toContainText('Desk mat');
  await first(shop, 'network').focus();
  await page.keyboard.press('Enter');
  await expect(shop.root.getByRole('list', { name: 'Clicks so far, in order' })).toContainText('3Desk mat');
});

test('training passes the chain and popularity on both measures, and an added session is counted', async ({ page }) => {
  const shop = await openShop(page);
  await shop.control('run').click();
  await shop.reach(220);
  for (const name of ['Tent', 'Novel', 'Ring light']) await item(shop, name).click();
  await shop.root.getByRole('button', { name: 'Add this session to what is learnt' }).click();
  await expect(shop.root.getByText('Sessions of yours that are learnt from: 1.')).toBeVisible();
  await shop.control('pause').click();
  await shop.is('paused');
  for (const measure of ['hit-rate-10', 'mrr']) {
    for (const who of ['markov-', 'popularity-']) {
      expect(await shop.value(measure), who).toBeGreaterThan(await shop.value(who + measure));
    }
  }
});

test.describe('a log of the reader’s', () => {
  const rows = Array.from({ length: 40 }, (_, at) => `${at};<b>tea</b>\n${at};pot\n${at};cup`).join('\n');

  async function openPanel(page: Parameters<typeof open>[0]) {
    const shop = await openShop(page);
    await shop.root.getByText('Learn from your own log').click();
    return {
      shop,
      field: shop.root.getByLabel('Paste rows here'),
      use: shop.root.getByRole('button', { name: 'Learn from this log' }),
    };
  }

  test('is counted first, then learnt, its names as they are; and the book’s shop comes back', async ({ page }) => {
    const heard = listen(page, host.root);
    const { shop, field, use } = await openPanel(page);
    await field.fill(`session;item\n${rows}`);
    await expect(shop.root.getByText('40 sessions, 120 clicks, 3 different items')).toBeVisible();
    await use.click();
    await expect(shop.root.getByText('This network learns from your log: 40 sessions, 3 items.')).toBeVisible();
    await shop.trainTo(60);
    await expect(shop.root.getByRole('group', { name: /^Shelves/ }).getByRole('button')).toHaveCount(3);
    await shop.root.getByRole('button', { name: '<b>tea</b>', exact: true }).click();
    await expect(first(shop, 'network')).toContainText('pot');
    await expect(shop.metric('best-mrr')).toHaveText('–');
    await shop.root.getByRole('button', { name: 'Back to the book’s shop' }).click();
    await expect(item(shop, 'Tent')).toBeVisible();
    await shop.is('paused');
    expect(heard).toEqual([]);
  });

  test('may have long names: the page does not become wider than a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const { shop, field, use } = await openPanel(page);
    await field.fill(rows.replaceAll('pot', 'p'.repeat(400)));
    await use.click();
    await shop.is('paused');
    await expect(item(shop, `${'p'.repeat(40)}…`)).toBeVisible();
    await expect(shop.root.getByRole('list', { name: 'Clicks so far, in order' })).toContainText('ppp');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test('that cannot be learnt from gets a sentence, and the run stays', async ({ page }) => {
    const heard = listen(page, host.root);
    const { shop, field, use } = await openPanel(page);
    for (const [text, sentence] of [
      ['tea\ncup', 'Only one column was found.'],
      ['time,session,price\n1,a,2', 'The first row names columns (time, session, price)'],
      ['a,tea\na,cup', 'Only 1 sessions have two clicks or more; at least 20 are needed.'],
      ['a,tea\nb,tea', 'All clicks are on the same item'],
      ['a,\0', 'This is not text.'],
    ] as const) {
      await field.fill(text);
      await expect(shop.root.getByText(sentence)).toBeVisible();
      await expect(use).toHaveAttribute('aria-disabled', 'true');
    }
    const file = shop.root.getByLabel('or choose a file');
    await file.setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.alloc(5_000_000, 'a,b\n') });
    await expect(shop.root.getByText('This file has 5.0 MB; at most')).toBeVisible();
    await file.setInputFiles({
      name: 'picture.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([0x89, 0x50, 0, 1, 2, 3]),
    });
    await expect(shop.root.getByText('This is not text.')).toBeVisible();
    await shop.is('idle');
    expect(heard).toEqual([]);
  });
});

test('in Chinese the shop, the lists and the measures speak Chinese', async ({ page }) => {
  const shop = await openShop(page, 'zh');
  await shop.root.getByRole('button', { name: '手机', exact: true }).click();
  await shop.root.getByRole('button', { name: '手机壳', exact: true }).click();
  await expect(first(shop, 'network')).toContainText('充电器');
  await expect(shop.root.getByRole('rowheader')).toHaveText(['网络', '马尔可夫链', '热门榜', '知道规则的人']);
});
