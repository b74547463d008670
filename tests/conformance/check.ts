import { expect, type Page } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { openInPage } from '../browser/inPage.ts';
import { filesOf, inGradients } from './files.ts';
import { compare, known, titles } from './known.ts';
import type * as suite from './suite.ts';
import { tfjsTests } from './tfjsTests.ts';

/** Which of tfjs's test files: all, or those of what the book uses or has replaced. */
export type Part = 'all' | 'book';

export const openSuite = (page: Page) => openInPage<typeof suite>(page, 'tests/conformance/suite.ts', [tfjsTests()]);

/** Our kernels, by their folders. */
export const ownKernels = () =>
  readdirSync('src/engine/kernels', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['assembly', 'built'].includes(entry.name))
    .map(({ name }) => name);

/** The files of what the book uses or has replaced, and of what its gradients run. */
export function bookFiles(operations: readonly string[]): Set<string> {
  return new Set([...operations, ...ownKernels(), ...inGradients].flatMap(filesOf));
}

/** Runs tfjs's tests and expects exactly those to fail that are on the list. */
export async function expectTheKnownFailures(page: Page, backend: suite.Backend, part: Part): Promise<void> {
  const inPage = await openSuite(page);
  const book = bookFiles(await inPage.call('bookOperations'));
  const chosen = (await inPage.call('files')).filter((file) => part === 'all' || book.has(file));
  expect(chosen.length).toBeGreaterThan(50);
  const entries = known.filter((entry) => entry.backend === backend && (part === 'all' || entry.hangs !== true));
  const waits = known.filter((entry) => part === 'book' && entry.hangs === true);
  const results = await inPage.call('run', backend, chosen, titles(waits));
  expect(compare(results, entries)).toEqual({ failing: [], passing: [], missing: [] });
  await inPage.close();
}
