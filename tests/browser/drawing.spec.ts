import { expect, test } from '@playwright/test';
import { open, type Playground } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

async function takeASheet(cnn: Playground) {
  await cnn.root.getByRole('radio', { name: 'draw your own' }).check();
  return cnn.root.getByRole('application', { name: 'Draw a digit here' });
}

/** The digit that the table of probabilities marks as read. */
async function expectReading(cnn: Playground, digit: RegExp) {
  const rows = cnn.root.getByRole('table', { name: 'What it reads' }).getByRole('row');
  const read = rows.filter({ has: cnn.page.getByRole('rowheader') }).filter({ hasText: 'read' });
  await expect(read.getByRole('rowheader')).toHaveText(digit);
}

const bars = (cnn: Playground) => cnn.root.getByRole('table', { name: 'What it reads' }).locator('tbody');

/** A stroke down the middle by mouse. */
async function drawOne(cnn: Playground) {
  const sheet = await takeASheet(cnn);
  await sheet.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await sheet.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const { mouse } = cnn.page;
  await mouse.move(x + width * 0.52, y + height * 0.2);
  await mouse.down();
  await mouse.move(x + width * 0.48, y + height * 0.8, { steps: 12 });
  await mouse.up();
}

test('a digit drawn by mouse before the first Run is read by the stored network', async ({ page }) => {
  const cnn = await open(page, host.root);
  await drawOne(cnn);
  await expectReading(cnn, /^1$/);
  await cnn.is('idle');
  expect(await cnn.step()).toBe(0);
  await cnn.control('run').click();
  await cnn.reach(5);
  expect(await cnn.attribute('seed')).toBe('7');
});

test('a digit drawn by keyboard is read, and cleared by Delete', async ({ page }) => {
  const cnn = await open(page, host.root);
  const sheet = await takeASheet(cnn);
  await sheet.focus();
  for (let row = 0; row < 8; row++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  for (let row = 0; row < 16; row++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expectReading(cnn, /^1$/);
  await cnn.is('idle');
  await page.keyboard.press('Delete');
  await expect(bars(cnn)).not.toContainText('%');
});

test('a digit drawn while training is read by the network as it is now, and again with each frame', async ({
  page,
}) => {
  const cnn = await open(page, host.root);
  await cnn.control('run').click();
  await cnn.reach(10);
  await drawOne(cnn);
  await expectReading(cnn, /^\d$/);
  const before = await cnn.step();
  const first = await bars(cnn).innerText();
  await expect.poll(() => bars(cnn).innerText()).not.toBe(first);
  await cnn.reach(before + 100);
  await expectReading(cnn, /^1$/);
  await cnn.is('running');
});
