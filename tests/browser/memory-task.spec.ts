import { expect, test, type Locator, type Page } from '@playwright/test';
import { listen } from './listen.ts';
import { open, type Playground } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

const openTask = (page: Page, query = '', language: 'en' | 'zh' = 'en') =>
  open(page, host.root, query, language, 'memory-task');

const mark = ({ root }: Playground) => root.getByRole('slider', { name: 'Marked letter' });
const letters = ({ root }: Playground) => root.getByRole('textbox', { name: 'Your own letters' });
const answers = ({ root }: Playground, network: string) =>
  root.getByRole('region', { name: network, exact: true }).getByRole('table', { name: 'Answer' });
const picture = ({ root }: Playground, name: string) =>
  root.getByRole('application', { name: new RegExp(`^${name}:`) });
const norms = ({ root }: Playground, network: string) =>
  root.getByRole('region', { name: network, exact: true }).getByRole('img', { name: /^length of ∂L\/∂h/ });

/** What is drawn, as text: the same numbers give the same. */
const drawn = (place: Locator) => place.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

test('from the default seed GRU and LSTM recall the letter after 30 steps, the plain RNN guesses', async ({ page }) => {
  test.setTimeout(120_000);
  const heard = listen(page, host.root);
  const task = await openTask(page);
  const before = await drawn(picture(task, 'LSTM, forget gate'));
  await task.control('run').click();
  await expect(task.metric('lstm-accuracy')).toHaveAttribute('data-value', /./, { timeout: 30_000 });
  const isRemembered = async () => {
    const [rnn, gru, lstm] = await Promise.all(['rnn', 'gru', 'lstm'].map((name) => task.value(`${name}-accuracy`)));
    const isFar = (await task.value('lstm-horizon')) >= 20 && (await task.value('rnn-horizon')) < 5;
    return Math.min(gru ?? 0, lstm ?? 0) >= 0.95 && (rnn ?? 1) < 0.28 && isFar;
  };
  await expect.poll(isRemembered, { timeout: 90_000 }).toBe(true);
  expect(await task.step()).toBeLessThan(800);
  expect(await drawn(picture(task, 'LSTM, forget gate'))).not.toBe(before);
  expect(heard).toEqual([]);
});

test('the reader sets the letters and the mark; the stored networks answer to it', async ({ page }) => {
  const heard = listen(page, host.root);
  const task = await openTask(page);
  await expect(mark(task)).toHaveAttribute('aria-valuetext', /^step 1, letter .*, 30 before the cue$/);
  await letters(task).fill('cafebad');
  await mark(task).focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await expect(mark(task)).toHaveAttribute('aria-valuetext', 'step 4, letter B, 27 before the cue');
  for (const network of ['GRU', 'LSTM']) {
    await expect(answers(task, network).getByRole('row', { name: /^B / })).toHaveText(/(100|9\d)\.\d%.*read/);
  }
  const box = await mark(task).boundingBox();
  if (!box) throw new Error('The letters are not to be seen.');
  await page.mouse.click(box.x + (3.5 / 32) * box.width, box.y + box.height / 2);
  await expect(mark(task)).toHaveAttribute('aria-valuetext', 'step 3, letter E, 28 before the cue');
  await expect(answers(task, 'LSTM').getByRole('row', { name: /^E / })).toHaveText(/(100|9\d)\.\d%.*read/);
  await page.keyboard.press('End');
  await expect(mark(task)).toHaveAttribute('aria-valuetext', /^step 30, letter ., 1 before the cue$/);
  await page.keyboard.press('ArrowRight');
  await expect(mark(task)).toHaveAttribute('aria-valuetext', /^step 30,/);
  await task.root.getByRole('button', { name: 'Another sequence' }).click();
  await expect(letters(task)).toHaveValue('');
  await expect(task.root).toHaveAttribute('data-run-state', 'idle');
  expect(heard).toEqual([]);
});

test('letters that no network knows are left out in words, and too many too', async ({ page }) => {
  const heard = listen(page, host.root);
  const task = await openTask(page);
  await letters(task).fill('ab日<b>\u{1F600}h\uD800');
  await expect(letters(task)).toHaveValue('ABBH');
  await expect(task.root.getByRole('alert').filter({ hasText: 'A to H' })).toHaveText(/“日” is left out/);
  await letters(task).fill('ＤＡＤ face'); // as a Chinese keyboard writes them
  await expect(letters(task)).toHaveValue('DADFACE');
  await letters(task).fill('H'.repeat(500));
  await expect(letters(task)).toHaveValue('H'.repeat(31));
  await expect(task.root.getByRole('alert').filter({ hasText: 'room for 31' })).toBeVisible();
  expect(heard).toEqual([]);
});

test('a picture is read number by number, by mouse and by keys', async ({ page }) => {
  const task = await openTask(page);
  const cells = picture(task, 'LSTM, cell state');
  await cells.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const said = task.root.getByText(/^Step 0: letter/);
  await expect(said).toHaveText(
    /LSTM, cell state, unit 2: −?[\d.e−]+\. Mean of its 32 units at this step: −?[\d.e−]+\./,
  );
  await page.keyboard.press('Escape');
  await expect(task.root.getByText('Point at a picture to read its numbers')).toBeVisible();
});

test('the gradient through time is there when it is wanted, and costs nothing when it is not', async ({ page }) => {
  const task = await openTask(page);
  const wanted = task.root.getByRole('checkbox', { name: /^Gradient through time/ });
  await expect(wanted).toBeChecked();
  await expect(norms(task, 'Plain RNN')).toHaveAttribute('aria-label', /at step 0, .* at step 31$/);
  await wanted.uncheck();
  await task.trainTo(20);
  await expect(norms(task, 'Plain RNN')).toHaveAttribute('aria-label', /not computed yet$/);
  await wanted.check();
  await expect(norms(task, 'Plain RNN')).toHaveAttribute('aria-label', /at step 0, .* at step 31$/);
});

test('a gate that is shut by hand is shut in the picture, and the change is a part of the run', async ({ page }) => {
  const task = await openTask(page);
  const set = task.root.getByRole('button', { name: 'Set', exact: true });
  await expect(set).toHaveAttribute('aria-disabled', 'true');
  await task.trainTo(30);
  await task.root.getByRole('textbox', { name: 'Bias of all its units, typed' }).fill('-8');
  await page.keyboard.press('Enter');
  await set.click();
  const mean = async () => {
    const label = (await picture(task, 'LSTM, forget gate').getAttribute('aria-label')) ?? '';
    return Number(/mean ([\d.e−]+),/.exec(label)?.[1]?.replace('−', '-'));
  };
  await expect.poll(mean).toBeLessThan(0.01);
  expect(await task.attribute('step')).not.toBe('0');
});

test('slow motion walks through a step of all three, in words of the reader', async ({ page }) => {
  const task = await openTask(page);
  await task.control('slow').click();
  const status = task.root.getByRole('status').first();
  await expect(status).toHaveText('Step 1, forward: now hidden state of the plain RNN.', { timeout: 20_000 });
  await expect(mark(task)).toHaveAttribute('aria-disabled', 'true');
  await expect(status).toHaveText('Step 1, forward: now forget gate of the LSTM.', { timeout: 20_000 });
  await expect(status).toHaveText(/^Step 1, backward:.* the state at each step/, { timeout: 20_000 });
  await expect(norms(task, 'LSTM')).toHaveAttribute('aria-label', /at step 0, .* at step 31$/);
  await task.control('slow').click();
});

test('a delay of 200 steps with a curriculum, asked for in the address, runs and says how far each has come', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const heard = listen(page, host.root);
  const task = await openTask(page, '?delay=200&curriculum=on&seed=3', 'zh');
  await task.trainTo(40);
  await expect(task.root.getByRole('columnheader', { name: '训练到' })).toBeVisible();
  await expect(task.root.getByRole('columnheader', { name: '延迟 200 准确率' })).toBeVisible();
  await expect(task.root.getByRole('checkbox', { name: /^沿时间的梯度/ })).not.toBeChecked();
  expect(heard).toEqual([]);
});
