import { expect, test, type Page } from '@playwright/test';
import { listen } from './listen.ts';
import { open, type Playground } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

async function openCell(page: Page, query = ''): Promise<Playground> {
  const cell = await open(page, host.root, query, 'en', 'rnn-cell');
  await cell.is('paused');
  return cell;
}

const formula = (cell: Playground) => cell.root.getByRole('group', { name: 'The formula in numbers' });
const sequence = (cell: Playground) => cell.root.getByRole('table', { name: 'The sequence and the states it leaves' });
const states = (cell: Playground) => sequence(cell).getByRole('row').nth(2);

test('the worked example gives 1, 3, 6, and with half the memory 1, 2.5, 4.25', async ({ page }) => {
  const heard = listen(page, host.root);
  const cell = await openCell(page);
  await cell.root.getByRole('button', { name: 'Add up: 1, 3, 6' }).click();
  await expect(states(cell)).toHaveText(/1\.00\s*3\.00\s*6\.00$/);
  await cell.root.getByRole('button', { name: 'Forget half: 1, 2.5, 4.25' }).click();
  await expect(states(cell)).toHaveText(/1\.00\s*2\.50\s*4\.25$/);
  await expect(formula(cell)).toHaveText('h₀ = ReLU(0.50 × 0.00 + 1.00 × 1.00 + 0.00) = ReLU(1.00) = 1.00');
  expect(heard).toEqual([]);
});

test('a step hands the new state on, and Start again goes back to the first input', async ({ page }) => {
  const cell = await openCell(page);
  await cell.root.getByRole('button', { name: 'Add up: 1, 3, 6' }).click();
  await cell.control('step').click();
  await cell.control('step').click();
  await expect(formula(cell)).toHaveText('h₂ = ReLU(1.00 × 3.00 + 1.00 × 3.00 + 0.00) = ReLU(6.00) = 6.00');
  await expect(cell.control('step')).toHaveCount(0); // its name now says that this was the last input
  await cell.control('again').click();
  await expect(formula(cell)).toContainText('h₀');
  await cell.control('step').focus();
  await page.keyboard.press('Enter');
  await expect(formula(cell)).toContainText('h₁');
});

test('numbers are typed; what is no number or too large is refused in words', async ({ page }) => {
  const cell = await openCell(page);
  const input = cell.root.getByRole('textbox', { name: 'input 0' });
  await input.fill('−2.5');
  await input.press('Enter');
  await expect(formula(cell)).toContainText('(−2.50)');
  await input.fill('<b>three</b>');
  await input.press('Enter');
  await expect(cell.root.getByRole('alert').filter({ hasText: 'not a number' })).toHaveText(
    '“<b>three</b>” is not a number; −2.5 stays in use.',
  );
  await input.fill('1e9');
  await input.press('Enter');
  await expect(cell.root.getByRole('alert').filter({ hasText: 'allowed' })).toHaveText(
    '1e9 lies outside of what is allowed; 5 is used.',
  );
  await expect(input).toHaveValue('5');
});

test('the sequence grows to eight inputs and shrinks to one', async ({ page }) => {
  const cell = await openCell(page, '?inputCount=7');
  const inputs = cell.root.getByRole('textbox', { name: /^input \d$/ });
  await cell.root.getByRole('button', { name: 'Add an input', exact: true }).click();
  await expect(inputs).toHaveCount(8);
  await expect(cell.root.getByRole('button', { name: 'Eight inputs are the most.' })).toHaveAttribute('aria-disabled');
  for (let left = 7; left >= 1; left--) {
    await cell.root.getByRole('button', { name: /^Remove the last/ }).click();
    await expect(inputs).toHaveCount(left);
  }
  await expect(cell.root.getByRole('button', { name: 'One input is the least.' })).toBeVisible();
});

test('the working point is moved by mouse and by arrow keys, and the bias follows', async ({ page }) => {
  const cell = await openCell(page);
  const point = cell.root.getByRole('slider', { name: /^Working point/ });
  await expect(point).toHaveAttribute('aria-valuenow', '1');
  await point.press('ArrowLeft');
  await expect(point).toHaveAttribute('aria-valuenow', '0.9');
  await point.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0, height = 0 } = (await point.boundingBox()) ?? {};
  const picture = (await cell.root.getByRole('img', { name: /^The activation function/ }).boundingBox()) ?? {
    width: 0,
  };
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 - picture.width / 4, y + height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs(Number(await point.getAttribute('aria-valuenow')) + 2.1)).toBeLessThan(0.1);
  await expect(cell.root.getByRole('textbox', { name: 'b, bias, typed' })).toHaveValue(/^−(2\.9|3(\.\d+)?)/);
});

test('the table says why tanh: it stays below 1 where ReLU explodes, a sigmoid forgets', async ({ page }) => {
  const cell = await openCell(page);
  await cell.root.getByRole('button', { name: /^Explode/ }).click();
  const row = (name: string) => cell.root.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row('ReLU')).toContainText('explodes');
  await expect(row('ReLU')).toContainText('151.8');
  await expect(row('tanh')).toContainText('1.00');
  await expect(row('Sigmoid')).toContainText('1/4');
  await expect(row('Sigmoid')).toContainText('forgotten');
});
