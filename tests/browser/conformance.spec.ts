import { expect, test } from '@playwright/test';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { expectTheKnownFailures, openSuite, ownKernels } from '../conformance/check.ts';
import { filesOf, inGradients } from '../conformance/files.ts';
import { known, listed } from '../conformance/known.ts';

test.use({ launchOptions: launchOptions(...softwareGpu) });

test('tfjs’s own tests pass on WASM with our kernels, but for the known ones', async ({ page }) => {
  test.setTimeout(240_000);
  await expectTheKnownFailures(page, 'wasm', 'all');
});

for (const backend of ['webgl', 'webgpu'] as const) {
  test(`tfjs’s tests of what the book uses or has replaced pass on ${backend}, but for the known ones`, async ({
    page,
  }) => {
    test.setTimeout(480_000);
    await expectTheKnownFailures(page, backend, 'book');
  });
}

test('no gradient of an operation of the book is on the list, each test is there once, each reason is given', async ({
  page,
}) => {
  const inPage = await openSuite(page);
  const files = await inPage.call('files');
  const operations = await inPage.call('bookOperations');
  await inPage.close();
  for (const name of [...operations, ...ownKernels()]) {
    for (const file of filesOf(name)) expect(files, `${name} has its tests in ${file}`).toContain(file);
  }
  const used = new Set([...operations, ...inGradients].flatMap(filesOf));
  // The book's tensors have their channels last.
  const isGradient = (title: string) => /gradient|derivative|backprop/i.test(title) && !title.includes('NCHW');
  const gradients = listed(known).filter((title) => used.has(title.split(': ')[0] ?? '') && isGradient(title));
  expect(gradients).toEqual([]);
  for (const { reason } of known) expect(reason.length).toBeGreaterThan(20);
  for (const backend of ['wasm', 'webgl', 'webgpu']) {
    const titles = listed(known.filter((entry) => entry.backend === backend));
    expect(new Set(titles).size).toBe(titles.length);
  }
});
