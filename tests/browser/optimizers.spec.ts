import { expect, test } from '@playwright/test';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { openInPage } from './inPage.ts';
import type * as onGpu from './optimizersOnGpu.ts';

test.use({ launchOptions: launchOptions(...softwareGpu) });

const variables = 6;

for (const kind of ['sgd', 'momentum', 'rmsprop', 'adam'] as const) {
  for (const [backend, dispatches] of [
    ['webgpu', 1],
    ['webgl', variables],
  ] as const) {
    test(`${kind} on ${backend} gives what WASM gives, ${dispatches} dispatches for ${variables} variables`, async ({
      page,
    }) => {
      const inPage = await openInPage<typeof onGpu>(page, 'tests/browser/optimizersOnGpu.ts');
      const wasm = await inPage.call('train', 'wasm', kind, 8);
      const gpu = await inPage.call('train', backend, kind, 8);
      expect(gpu.backend).toBe(backend);
      expect(gpu.dispatches).toBe(dispatches);
      expect(Object.keys(gpu.values)).toEqual(Object.keys(wasm.values));
      for (const [name, expected] of Object.entries(wasm.values)) {
        const errors = expected.map((value, at) => Math.abs(value - (gpu.values[name]?.[at] ?? Number.NaN)));
        // Weights are around 1; a GPU may round a quotient and a root less well than IEEE arithmetic.
        expect(Math.max(...errors)).toBeLessThan(2e-6);
      }
      const resumed = await inPage.call('train', backend, kind, 8, 5);
      expect(resumed.values).toEqual(gpu.values);
      expect([gpu.left, resumed.left]).toEqual([0, 0]);
      expect(inPage.said).toEqual([]);
      await inPage.close();
    });
  }
}
