import { expect, test } from '@playwright/test';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { layers, sequences, traceName } from '../nn/recurrentCases.ts';
import { errorOf, expectedFor } from '../nn/recurrentExpected.ts';
import { openInPage } from './inPage.ts';
import type * as onGpu from './sequencesOnGpu.ts';

/** float32 against float64, numbers around 1. */
const tolerance = 1e-5;

test.use({ launchOptions: launchOptions(...softwareGpu) });

for (const backend of ['webgpu', 'webgl'] as const) {
  for (const layer of layers) {
    test(`${layer} on ${backend} gives the states, gates and gradients of a float64 computation`, async ({ page }) => {
      const inPage = await openInPage<typeof onGpu>(page, 'tests/browser/sequencesOnGpu.ts');
      for (const withState of [false, true]) {
        for (const size of sequences) {
          const { parts, gradients, through } = expectedFor(layer, size, withState);
          const found = await inPage.call('compute', backend, layer, size, withState);
          expect(found).toMatchObject({ backend, hasKernels: true, left: 0 });
          for (const [name, values] of Object.entries(gradients)) {
            expect(errorOf(found.gradients[name as keyof typeof gradients], values)).toBeLessThan(tolerance);
          }
          expect(errorOf(found.states, parts.hiddenState)).toBeLessThan(tolerance);
          for (const [part, values] of Object.entries(parts)) {
            expect(errorOf(found.traced.values[traceName(layer, part)], values)).toBeLessThan(tolerance);
          }
          for (const [state, values] of Object.entries(through)) {
            expect(errorOf(found.traced.gradients[traceName(layer, state)], values)).toBeLessThan(tolerance);
          }
        }
      }
      expect(inPage.said).toEqual([]);
      await inPage.close();
    });
  }
}

/** More time steps than a program of WebGL takes textures; more units than a workgroup of WebGPU has threads. */
const large = [
  { batch: 2, time: 19, features: 2, units: 3 },
  { batch: 1, time: 3, features: 2, units: 261 },
];

for (const backend of ['webgpu', 'webgl'] as const) {
  test(`long and wide layers on ${backend} give what they give on WASM`, async ({ page }) => {
    test.setTimeout(120_000);
    const inPage = await openInPage<typeof onGpu>(page, 'tests/browser/sequencesOnGpu.ts');
    for (const layer of ['lstm', 'gru', 'tanh'] as const) {
      for (const size of large) {
        const expected = await inPage.call('computeWide', 'wasm', layer, size);
        const found = await inPage.call('computeWide', backend, layer, size);
        const errors = expected.map((values, which) => errorOf(found[which], values));
        expect(Math.max(...errors)).toBeLessThan(tolerance);
      }
    }
    expect(inPage.said).toEqual([]);
    await inPage.close();
  });

  test(`20 steps of Adam on ${backend} lose as on WASM`, async ({ page }) => {
    test.setTimeout(120_000);
    const inPage = await openInPage<typeof onGpu>(page, 'tests/browser/sequencesOnGpu.ts');
    for (const layer of ['lstm', 'gru', 'tanh'] as const) {
      const expected = await inPage.call('train', 'wasm', layer, 20);
      const found = await inPage.call('train', backend, layer, 20);
      const errors = expected.map((loss, step) => Math.abs((found[step] ?? Number.NaN) / loss - 1));
      expect(Math.max(...errors)).toBeLessThan(1e-4);
    }
    await inPage.close();
  });
}

test('a program replays all recurrent layers on webgpu to the last bit', async ({ page }) => {
  const inPage = await openInPage<typeof onGpu>(page, 'tests/browser/sequencesOnGpu.ts');
  expect(await inPage.call('replay', 'webgpu', 12)).toEqual({ end: 'replayed', isEqual: true });
  expect(inPage.said).toEqual([]);
  await inPage.close();
});

test('the gradient of a table that is looked up in is the same bits at each run on webgpu', async ({ page }) => {
  const inPage = await openInPage<typeof onGpu>(page, 'tests/browser/sequencesOnGpu.ts');
  const expected = await inPage.call('lookUpGradient', 'wasm');
  const found = await inPage.call('lookUpGradient', 'webgpu');
  expect(errorOf(found, expected)).toBeLessThan(tolerance);
  for (let again = 0; again < 5; again += 1) expect(await inPage.call('lookUpGradient', 'webgpu')).toEqual(found);
  expect(inPage.said).toEqual([]);
  await inPage.close();
});

for (const [backend, kernelCalls, programs] of [
  ['wasm', 120, 0],
  ['webgpu', 120, 40],
  ['webgl', 120, 250],
] as const) {
  test(`an LSTM of 64 units learns from 40 time steps by at most ${kernelCalls} kernel calls, ${programs} programs, on ${backend}`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    const inPage = await openInPage<typeof onGpu>(page, 'tests/browser/sequencesOnGpu.ts');
    const cost = await inPage.call('costOfStep', backend, 'lstm');
    expect(cost.kernelCalls).toBeLessThanOrEqual(kernelCalls);
    expect(cost.programs).toBeLessThanOrEqual(programs);
    await inPage.close();
  });
}
