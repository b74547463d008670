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
import { measurePage, measureScripts, measureTraining } from './page.ts';
import { measureRecurrent } from './recurrent.ts';
import { markdownTable, writeTable } from '../writeTable.ts';

const host = await serveBelow('/book/');
const browser: Browser = await chromium.launch(launchOptions());
const trained = ['memory-task', 'char-lstm', 'intents', 'next-item'] as const;

/** What is measured, by name: `npm run bench:page -- learning` measures that alone, and writes nothing. */
const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  scripts: async () => [await measureScripts(browser, host.root)],
  page: () => measurePage(browser, host.root),
  learning: () => measureLearning(browser, host.root),
  backends: () => measureBackends(browser, host.root),
  recurrent: () => measureRecurrent(browser, host.root),
  training: async () => {
    const rows: Row[] = [];
    for (const name of trained) rows.push(...(await measureTraining(browser, host.root, name)));
    return rows;
  },
};
const asked = process.argv.slice(3);
const rows: Row[] = [];
try {
  for (const [name, measure] of Object.entries(parts))
    if (asked.length === 0 || asked.includes(name)) rows.push(...(await measure()));
} finally {
  await browser.close();
  host.close();
}

const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, Chromium ${browser.version()}, no GPU`;
const table = [['what', 'measured', 'goal'], ...rows.map(({ what, measured, goal }) => [what, measured, goal])];
const about = `By \`npm run bench:page\`: ${machine}, ${new Date().toISOString().slice(0, 10)}.`;
if (asked.length === 0) await writeTable('tests/bench/results.md', 'Times of the pages', about, table);
console.log(markdownTable(table));
