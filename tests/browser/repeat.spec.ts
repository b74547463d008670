import { expect, test, type Browser } from '@playwright/test';
import { curve, keepReports, open, reported, type Playground } from './playground.ts';
import { serveBelow } from './staticHost.ts';

const steps = 200;
let host: Awaited<ReturnType<typeof serveBelow>>;
let undisturbed: { losses: number[]; unseen: Map<number, number> };

test.beforeAll(async ({ browser }) => {
  host = await serveBelow('/some/deep/base/');
  undisturbed = await trainUndisturbed(browser);
});
test.afterAll(() => host.close());

async function trainUndisturbed(browser: Browser) {
  const page = await browser.newPage();
  await keepReports(page);
  const cnn = await open(page, host.root);
  await cnn.trainTo(steps);
  const points = await reported(page);
  await page.close();
  const unseen = points
    .filter(({ metric }) => metric === 'unseen-loss')
    .map(({ step, value }) => [step, value] as const);
  return { losses: curve(points, 'loss', steps), unseen: new Map(unseen) };
}

/** Bit for bit: the losses of all steps, and that of the unseen digits where both runs looked at them. */
async function expectUndisturbed({ page }: Playground) {
  const points = await reported(page);
  expect(curve(points, 'loss', steps)).toEqual(undisturbed.losses);
  const both = points.filter(({ step, metric }) => metric === 'unseen-loss' && undisturbed.unseen.has(step));
  expect(both.length).toBeGreaterThan(5);
  expect(both.map(({ value }) => value)).toEqual(both.map(({ step }) => undisturbed.unseen.get(step)));
}

test.beforeEach(({ page }) => keepReports(page));

test('the same seed gives the same 200 losses bit for bit in another load of the page', async ({ page }) => {
  const cnn = await open(page, host.root, '?seed=7');
  await cnn.trainTo(steps);
  await expectUndisturbed(cnn);
});

test('twenty presses of One step give the losses of twenty steps at full speed', async ({ page }) => {
  const cnn = await open(page, host.root);
  const losses: number[] = [];
  for (let step = 1; step <= 20; step++) {
    await cnn.control('step').click();
    await expect(cnn.root).toHaveAttribute('data-step', String(step));
    losses.push(await cnn.value('loss'));
  }
  expect(losses).toEqual(undisturbed.losses.slice(0, 20));
});

test('another seed gives other losses, Start again the same ones again', async ({ page }) => {
  const cnn = await open(page, host.root, '?seed=8');
  const losses: number[] = [];
  for (let round = 0; round < 2; round++) {
    await cnn.control(round === 0 ? 'step' : 'again').click();
    if (round === 1) await cnn.control('step').click();
    await expect(cnn.root).toHaveAttribute('data-step', '1');
    await expect(cnn.metric('loss')).not.toHaveAttribute('data-value', '');
    losses.push(await cnn.value('loss'));
  }
  expect(losses[1]).toBe(losses[0]);
  expect(losses[0]).not.toBe(undisturbed.losses[0]);
});

test('pausing, hiding the page, other views, a drawing, slow motion and a slow pace change not one loss', async ({
  page,
}) => {
  const cnn = await open(page, host.root);
  await cnn.trainTo(20);

  await cnn.root.getByRole('radio', { name: /^gradients/ }).check();
  await cnn.root
    .getByRole('button', { name: /^Digit 3/ })
    .first()
    .click();
  await cnn.control('run').click();
  await cnn.reach(40);

  await hide(cnn, true);
  await cnn.is('paused');
  await hide(cnn, false);
  await cnn.is('running');

  await cnn.root.getByRole('radio', { name: 'draw your own' }).check();
  const sheet = cnn.root.getByRole('application', { name: 'Draw a digit here' });
  await sheet.focus();
  for (const key of ['Enter', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await cnn.reach(70);

  await cnn.control('slow').click();
  await cnn.is('paused');
  await expect(cnn.root.getByRole('status').filter({ hasText: 'forward' })).toBeVisible();
  const traced = await cnn.step();
  await cnn.control('run').click();
  await cnn.reach(traced + 10);

  await cnn.root.getByRole('combobox', { name: 'Speed' }).selectOption('30');
  await cnn.reach(traced + 20);
  await cnn.root.getByRole('combobox', { name: 'Speed' }).selectOption('full');
  await cnn.reach(steps);
  await cnn.control('pause').click();
  await cnn.is('paused');
  await expectUndisturbed(cnn);
});

/** As another tab in front does it; a headless browser has none. */
async function hide({ page }: Playground, isHidden: boolean) {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

test('scrolling away pauses the run, coming back goes on with it', async ({ page }) => {
  const cnn = await open(page, host.root);
  await cnn.control('run').click();
  await cnn.reach(10);
  await page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
  await cnn.is('paused');
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }));
  await cnn.is('running');
  await cnn.reach(steps);
  await expectUndisturbed(cnn);
});

test('the language changes while training: the run goes on, so does the place, and Back returns', async ({ page }) => {
  const cnn = await open(page, host.root, '?seed=7');
  await cnn.control('run').click();
  await cnn.reach(20);
  const before = await cnn.step();
  await page.getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL(`${host.root}zh/core-algorithms/cnn/?seed=7`);
  await expect(cnn.control('pause', 'zh')).toBeVisible();
  expect(await cnn.step()).toBeGreaterThanOrEqual(before);
  await cnn.reach(before + 40);
  await page.goBack();
  await expect(page).toHaveURL(`${host.root}en/core-algorithms/cnn/?seed=7`);
  await expect(cnn.control('pause')).toBeVisible();
  await cnn.is('running');
  await cnn.reach(steps);
  await expectUndisturbed(cnn);
});

for (const [how, harm] of [
  ['dies', () => self.close()],
  [
    'hangs for ever',
    () => {
      for (;;);
    },
  ],
] as const) {
  test(`a worker that ${how} while training is noticed; a new one comes to the same losses`, async ({ page }) => {
    const cnn = await open(page, host.root);
    await cnn.control('run').click();
    await cnn.reach(60);
    const [worker] = page.workers();
    void worker?.evaluate(harm).catch(() => undefined); // it never answers
    await expect(cnn.root.getByText('stopped answering')).toBeVisible({ timeout: 10_000 });
    await cnn.reach(steps);
    await cnn.is('running');
    await cnn.control('pause').click();
    await cnn.is('paused');
    await expectUndisturbed(cnn);
  });
}
