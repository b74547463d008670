import { expect, test } from '@playwright/test';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { openInPage } from './inPage.ts';
import type * as onGpu from './programOnGpu.ts';

test.use({ launchOptions: launchOptions(...softwareGpu) });

const open = (page: Parameters<typeof openInPage>[0]) =>
  openInPage<typeof onGpu>(page, 'tests/browser/programOnGpu.ts');

/** The same numbers, and nothing is left of either. */
function expectSame(plain: onGpu.Outcome, replayed: onGpu.Outcome): void {
  expect([plain.backend, plain.replayed, replayed.backend]).toEqual(['webgl', 0, 'webgl']);
  expect(replayed.metrics).toEqual(plain.metrics);
  expect(replayed.weights).toEqual(plain.weights);
  expect([plain.left, replayed.left]).toEqual(Array(2).fill({ tensors: 0, buffers: 0 }));
}

for (const kind of ['sgd', 'momentum', 'rmsprop', 'adam'] as const) {
  test(`on WebGL, 30 steps with ${kind} by a program give the numbers of plain ones to the last bit`, async ({
    page,
  }) => {
    const inPage = await open(page);
    const plain = await inPage.call('trainSmall', 'webgl', 'plain', kind, 30);
    const replayed = await inPage.call('trainSmall', 'webgl', 'program', kind, 30);
    expectSame(plain, replayed);
    expect(replayed.state).toBe('replayed');
    expect(replayed.replayed).toBeGreaterThan(25);
    expect(inPage.said).toEqual([]);
    await inPage.close();
  });
}

for (const name of ['batch norm and dropout', 'two players', 'convolution and average pooling'] as const) {
  test(`on WebGL, ${name} by a program give the numbers of plain steps to the last bit`, async ({ page }) => {
    const inPage = await open(page);
    const plain = await inPage.call('trainNetwork', 'webgl', 'plain', name, 20);
    const replayed = await inPage.call('trainNetwork', 'webgl', 'program', name, 20);
    expectSame(plain, replayed);
    expect(replayed.state).toBe('replayed');
    expect(replayed.replayed).toBeGreaterThan(15);
    expect(replayed.seen).toEqual(plain.seen);
    expect(replayed.seen.length).toBeGreaterThan(10);
    expect(inPage.said).toEqual([]);
    await inPage.close();
  });
}

test('on WebGL, a backend that was started anew records and replays as the first one did', async ({ page }) => {
  const inPage = await open(page);
  const first = await inPage.call('trainSmall', 'webgl', 'program', 'adam', 8);
  const second = await inPage.call('trainSmall', 'webgl', 'program', 'adam', 8);
  expectSame({ ...first, replayed: 0 }, second);
  expect([first.state, second.state]).toEqual(['replayed', 'replayed']);
  expect(inPage.said).toEqual([]);
  await inPage.close();
});

test('on WebGL, the network for digits by a program gives the numbers of plain steps, in fewer draws and calls and no more memory', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const inPage = await open(page);
  const plain = await inPage.call('trainDigits', 'webgl', 'plain', 8);
  const replayed = await inPage.call('trainDigits', 'webgl', 'program', 8);
  expectSame(plain, replayed);
  expect(replayed.state).toBe('replayed');
  expect(replayed.shaders).toBeLessThan(plain.shaders);
  expect(replayed.sent).toBeLessThan(plain.sent);
  expect(replayed.bytes).toBeLessThan(1.2 * plain.bytes);
  expect(replayed.called).toBeGreaterThan(40);
  expect(inPage.said).toEqual([]);
  await inPage.close();
});

test('on WebGL, a program updates twice a step if the step does', async ({ page }) => {
  const inPage = await open(page);
  const plain = await inPage.call('trainTwiceAStep', 'webgl', 'plain', 20);
  const replayed = await inPage.call('trainTwiceAStep', 'webgl', 'program', 20);
  expectSame(plain, replayed);
  expect(replayed.state).toBe('replayed');
  expect(inPage.said).toEqual([]);
  await inPage.close();
});

test('on WebGL, a program takes over weights set by hand and restored, and leaves copies of them alone', async ({
  page,
}) => {
  const inPage = await open(page);
  const plain = await inPage.call('trainWithEdits', 'webgl', 'plain', 30);
  const replayed = await inPage.call('trainWithEdits', 'webgl', 'program', 30);
  expectSame(plain, replayed);
  expect(replayed.state).toBe('replayed');
  expect(replayed.held).toEqual(plain.held);
  expect(replayed.held[1]).toEqual(replayed.held[0]);
  expect(inPage.said).toEqual([]);
  await inPage.close();
});

test('on WebGL, batches of another size end a program, and its numbers stay those of plain steps', async ({ page }) => {
  const inPage = await open(page);
  const plain = await inPage.call('trainWithOtherBatches', 'webgl', 'plain', 24, 12);
  const replayed = await inPage.call('trainWithOtherBatches', 'webgl', 'program', 24, 12);
  expectSame(plain, replayed);
  expect(replayed.replayed).toBeGreaterThan(5);
  expect(inPage.said).toEqual([]);
  await inPage.close();
});
