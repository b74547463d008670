/**
 * Times of the pages in a headless Chromium: `npm run bench:page`. Prints a table and writes it to tests/bench/results.md,
 * which is committed when it comes from a quiet machine.
 */
import { cpus } from 'node:os';
import { chromium, type Browser } from 'playwright';
import { launchOptions } from '../../../playwright.config.ts';
import { serveBelow } from '../../browser/staticHost.ts';
import { measureBackends } from './backends.ts';
import { measureLearning } from './learning.ts';
import type { Row } from './open.ts';
import { measurePage, measureScripts } from './page.ts';
import { measureRecurrent } from './recurrent.ts';
import { writeTable } from '../writeTable.ts';

const host = await serveBelow('/book/');
const browser: Browser = await chromium.launch(launchOptions());
const rows: Row[] = [];
try {
  rows.push(await measureScripts(browser, host.root));
  rows.push(...(await measurePage(browser, host.root)));
  rows.push(...(await measureLearning(browser, host.root)));
  rows.push(...(await measureBackends(browser, host.root)));
  rows.push(...(await measureRecurrent(browser, host.root)));
} finally {
  await browser.close();
  host.close();
}

const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, Chromium ${browser.version()}, no GPU`;
const table = await writeTable(
  'tests/bench/results.md',
  'Times of the pages',
  `By \`npm run bench:page\`: ${machine}, ${new Date().toISOString().slice(0, 10)}.`,
  [['what', 'measured', 'goal'], ...rows.map(({ what, measured, goal }) => [what, measured, goal])],
);
console.log(table);
