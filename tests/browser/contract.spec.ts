import { expect, test } from '@playwright/test';
import { listen } from './listen.ts';
import { keepReports, open, reported, type Language } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

for (const language of ['en', 'zh'] satisfies Language[]) {
  test(`in ${language}, a run goes from idle to running, paused, one step further, back to 0, to another seed`, async ({
    page,
  }) => {
    const cnn = await open(page, host.root, '?seed=11', language);
    await cnn.is('idle');
    expect(await cnn.step()).toBe(0);
    expect(await cnn.attribute('seed')).toBe('11');
    expect(await cnn.attribute('backend')).toBe('');

    await cnn.control('run').click();
    await cnn.is('running');
    await expect(cnn.control('run')).toHaveCount(0);
    expect(await cnn.attribute('backend')).toBe('wasm');
    await cnn.reach(5);

    await cnn.control('pause').click();
    await cnn.is('paused');
    const paused = await cnn.step();
    await cnn.control('step').click();
    await expect(cnn.root).toHaveAttribute('data-step', String(paused + 1));
    await cnn.is('paused');

    await cnn.control('again').click();
    await expect(cnn.root).toHaveAttribute('data-step', '0');
    await cnn.is('paused');
    expect(await cnn.attribute('seed')).toBe('11');

    await cnn.control('seed').click();
    await expect(cnn.root).not.toHaveAttribute('data-seed', '11');
    await cnn.is('paused');
    expect(await cnn.step()).toBe(0);
  });
}

test('every number stands at full precision beside the one that is shown', async ({ page }) => {
  await keepReports(page);
  const cnn = await open(page, host.root);
  for (const metric of ['loss', 'accuracy', 'unseen-loss', 'unseen-accuracy']) {
    await expect(cnn.metric(metric)).toHaveAttribute('data-value', '');
  }
  await cnn.control('step').click();
  await expect(cnn.root).toHaveAttribute('data-step', '1');
  await expect(cnn.metric('unseen-accuracy')).not.toHaveAttribute('data-value', '');
  const points = await reported(page);
  for (const metric of ['loss', 'accuracy', 'unseen-loss', 'unseen-accuracy']) {
    const { value } = points.find((point) => point.metric === metric && point.step === 1) ?? {};
    expect(await cnn.value(metric)).toBe(value);
  }
  const shown = Number(await cnn.metric('loss').innerText());
  expect(Math.abs(shown - (await cnn.value('loss')))).toBeLessThan(6e-4);
});

test('a change of the learning rate goes on at the next step, one of the batch size begins again with the same seed', async ({
  page,
}) => {
  const cnn = await open(page, host.root, '?seed=3');
  await cnn.trainTo(20);
  const before = await cnn.step();
  const rate = cnn.root.getByRole('textbox', { name: 'Learning rate' });
  await rate.fill('0.0001');
  await rate.press('Enter');
  await cnn.control('step').click();
  await expect(cnn.root).toHaveAttribute('data-step', String(before + 1));

  await cnn.root.getByRole('combobox', { name: 'Batch size' }).selectOption('8');
  await expect(cnn.root).toHaveAttribute('data-step', '0');
  expect(await cnn.attribute('seed')).toBe('3');
  await cnn.control('step').click();
  await expect(cnn.root).toHaveAttribute('data-step', '1');
});

for (const [language, width, seconds] of [
  ['en', 1280, 10],
  ['zh', 390, 3],
] as const) {
  test(`in ${language}, ${width} wide, from load through ${seconds} s of training nothing moves, complains, or asks another host`, async ({
    page,
  }) => {
    const heard = listen(page, host.root);
    await page.setViewportSize({ width, height: 800 });
    await page.addInitScript(observeShifts);
    const cnn = await open(page, host.root, '', language);
    await cnn.control('run').click();
    await page.waitForTimeout(seconds * 1000);
    await cnn.is('running');
    const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
    expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.02);
    expect(heard).toEqual([]);
  });
}

function observeShifts() {
  const shifts: number[] = [];
  Object.assign(globalThis, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) shifts.push(entry.value);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
