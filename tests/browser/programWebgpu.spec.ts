import { expect, test } from '@playwright/test';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { openInPage } from './inPage.ts';
import type * as onGpu from './programOnGpu.ts';

test.use({ launchOptions: launchOptions(...softwareGpu) });

const open = (page: Parameters<typeof openInPage>[0]) =>
  openInPage<typeof onGpu>(page, 'tests/browser/programOnGpu.ts');

/** The same numbers, and nothing is left of either. */
function expectSame(plain: onGpu.Outcome, replayed: onGpu.Outcome): void {
  expect([plain.backend, plain.replayed, replayed.backend]).toEqual(['webgpu', 0, 'webgpu']);
  expect(replayed.metrics).toEqual(plain.metrics);
  expect(replayed.weights).toEqual(plain.weights);
  expect([plain.left, replayed.left]).toEqual(Array(2).fill({ tensors: 0, buffers: 0 }));
}

for (const kind of ['sgd', 'momentum', 'rmsprop', 'adam'] as const) {
  test(`on WebGPU, 30 steps with ${kind} by a program give the numbers of plain ones to the last bit`, async ({
    page,
  }) => {
    const inPage = await open(page);
    const plain = await inPage.call('trainSmall', 'webgpu', 'plain', kind, 30);
    const replayed = await inPage.call('trainSmall', 'webgpu', 'program', kind, 30);
    expectSame(plain, replayed);
    expect(replayed.state).toBe('replayed');
    expect(replayed.replayed).toBeGreaterThan(25);
    expect(inPage.said).toEqual([]);
    await inPage.close();
  });
}

test('on WebGPU, the network for digits by a program gives the numbers of plain steps, in fewer dispatches and no more memory', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const inPage = await open(page);
  const plain = await inPage.call('trainDigits', 'webgpu', 'plain', 8);
  const replayed = await inPage.call('trainDigits', 'webgpu', 'program', 8);
  expectSame(plain, replayed);
  expect(replayed.state).toBe('replayed');
  expect(replayed.shaders).toBeLessThan(plain.shaders);
  expect(replayed.sent).toBeLessThan(plain.sent);
  expect(replayed.bytes).toBeLessThan(1.2 * plain.bytes);
  expect(replayed.called).toBeGreaterThan(40);
  expect(replayed.timed).toBe(replayed.called);
  expect(inPage.said).toEqual([]);
  await inPage.close();
});

test('on WebGPU, a program updates twice a step if the step does', async ({ page }) => {
  const inPage = await open(page);
  const plain = await inPage.call('trainTwiceAStep', 'webgpu', 'plain', 20);
  const replayed = await inPage.call('trainTwiceAStep', 'webgpu', 'program', 20);
  expectSame(plain, replayed);
  expect(replayed.state).toBe('replayed');
  expect(inPage.said).toEqual([]);
  await inPage.close();
});

test('on WebGPU, a program takes over weights set by hand and restored, and leaves copies of them alone', async ({
  page,
}) => {
  const inPage = await open(page);
  const plain = await inPage.call('trainWithEdits', 'webgpu', 'plain', 30);
  const replayed = await inPage.call('trainWithEdits', 'webgpu', 'program', 30);
  expectSame(plain, replayed);
  expect(replayed.state).toBe('replayed');
  expect(replayed.held).toEqual(plain.held);
  expect(replayed.held[1]).toEqual(replayed.held[0]);
  expect(inPage.said).toEqual([]);
  await inPage.close();
});

test('on WebGPU, batches of another size end a program, and its numbers stay those of plain steps', async ({
  page,
}) => {
  const inPage = await open(page);
  const plain = await inPage.call('trainWithOtherBatches', 'webgpu', 'plain', 24, 12);
  const replayed = await inPage.call('trainWithOtherBatches', 'webgpu', 'program', 24, 12);
  expectSame(plain, replayed);
  expect(replayed.replayed).toBeGreaterThan(5);
  expect(inPage.said).toEqual([]);
  await inPage.close();
});
