import { expect, test, type Page } from '@playwright/test';
import { listen } from './listen.ts';
import { open, type Playground } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

async function openUnrolled(page: Page, query = ''): Promise<Playground> {
  const unrolled = await open(page, host.root, query, 'en', 'unrolled');
  await unrolled.is('paused');
  return unrolled;
}

const handle = (unrolled: Playground) => unrolled.root.getByRole('slider', { name: /^Number of time steps/ });
const walk = (unrolled: Playground) => unrolled.root.getByRole('group', { name: 'The way back through time' });

test('the handle pulls the unrolling out by mouse and by keys, and the picture follows', async ({ page }) => {
  const heard = listen(page, host.root);
  const unrolled = await openUnrolled(page);
  await expect(handle(unrolled)).toHaveAttribute('aria-valuenow', '20');
  await handle(unrolled).press('End');
  await expect(handle(unrolled)).toHaveAttribute('aria-valuenow', '60');
  await expect(unrolled.root.getByRole('img', { name: /59 time steps before/ })).toBeVisible();
  await handle(unrolled).press('Home');
  await expect(unrolled.root.getByText('One time step: there is no way back in time yet.')).toBeVisible();
  await handle(unrolled).scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0 } = (await handle(unrolled).boundingBox()) ?? {};
  await page.mouse.move(x + width / 2, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 300, y + 10, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => Number(await handle(unrolled).getAttribute('aria-valuenow'))).toBeGreaterThan(10);
  expect(heard).toEqual([]);
});

test('vanishing, arriving and exploding are said in words, with numbers', async ({ page }) => {
  const unrolled = await openUnrolled(page);
  const example = (name: string) => unrolled.root.getByRole('button', { name, exact: true }).click();
  await example('Vanishing gradient');
  await expect(unrolled.root.getByText('It vanishes: less than a tenth is left after 39 steps.')).toBeVisible();
  await expect(unrolled.root.getByText('× 9.1e−7')).toBeVisible(); // 0.7 to the power of 39
  await example('A gradient that arrives');
  await expect(unrolled.root.getByText('It arrives: 39 steps make it neither tiny nor huge.')).toBeVisible();
  await example('Exploding gradient');
  await expect(unrolled.root.getByText('It explodes: more than tenfold after 39 steps.')).toBeVisible();
  await expect(unrolled.root.getByRole('row', { name: /^as it is/ })).toContainText('worse');
  await expect(unrolled.root.getByRole('row', { name: /^clipped at 0\.3/ })).toContainText('better');
});

test('the gradient is walked back step by step, by button and by arrow key, to its end', async ({ page }) => {
  const unrolled = await openUnrolled(page);
  await handle(unrolled).press('Home');
  for (let step = 0; step < 3; step++) await handle(unrolled).press('ArrowRight');
  await expect(unrolled.root.getByRole('img', { name: /3 time steps before/ })).toBeVisible();
  const back = walk(unrolled).getByRole('button', { name: 'One step back' });
  await back.click();
  await expect(walk(unrolled)).toContainText('Time step 3, the last: the loss gives a gradient of length 1.');
  await page.keyboard.press('ArrowLeft');
  await expect(walk(unrolled)).toContainText('Time step 2: length');
  await page.keyboard.press('ArrowRight');
  await expect(walk(unrolled)).toContainText('Time step 3, the last');
  await page.keyboard.press('Escape');
  await expect(walk(unrolled)).toContainText('The loss is measured at the last state alone.');
  await walk(unrolled).getByRole('button', { name: 'Walk back in time' }).click();
  await expect(walk(unrolled)).toContainText('Time step 0: length', { timeout: 10_000 });
  await expect(walk(unrolled).getByRole('button', { name: 'Walk back in time' })).toBeVisible();
});

test('the table tells every bar, last time step first', async ({ page }) => {
  const unrolled = await openUnrolled(page, '?recurrentMatrix=orthogonal&spectralRadius=2');
  await unrolled.root.getByRole('radio', { name: 'none (linear)' }).check();
  await walk(unrolled).locator('..').getByText('As a table').click();
  const rows = unrolled.root.getByRole('table').filter({ hasText: 'radius to the number' }).getByRole('row');
  await expect(rows).toHaveCount(21);
  await expect(rows.nth(1)).toHaveText(/^19\s*1/);
  await expect(rows.nth(4)).toHaveText(/^16\s*8/);
});

test('another seed gives other weights, the address the same again', async ({ page }) => {
  const unrolled = await openUnrolled(page, '?seed=11');
  expect(await unrolled.attribute('seed')).toBe('11');
  await unrolled.control('seed').click();
  await unrolled.is('paused');
  expect(await unrolled.attribute('seed')).not.toBe('11');
});
