import { test } from '@playwright/test';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { expectTheKnownFailures } from '../conformance/check.ts';

test.use({ launchOptions: launchOptions(...softwareGpu) });

for (const backend of ['webgl', 'webgpu'] as const) {
  test(`all of tfjs’s tests pass on ${backend}, but for the known ones`, async ({ page }) => {
    await expectTheKnownFailures(page, backend, 'all');
  });
}
