/** How fast a training step is: `npm run bench`. Prints tables as Markdown; options are in `options.ts`. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium } from 'playwright';
import { launchOptions, softwareGpu } from '../../playwright.config.ts';
import { openInPage } from '../browser/inPage.ts';
import type * as page from './measure.ts';
import { countAll } from './calls.ts';
import { readOptions } from './options.ts';
import { timeAll } from './rounds.ts';
import { describe, summarize } from './tables.ts';
import { writeBetween, writeMarkdown } from './writeTable.ts';

const options = readOptions();
const gpuFlags = options.gpu ? ['--enable-unsafe-webgpu', '--ignore-gpu-blocklist'] : softwareGpu;
const browser = await chromium.launch(launchOptions(...gpuFlags));
try {
  const { call, said } = await openInPage<typeof page>(await browser.newPage(), 'tests/bench/measure.ts');
  const say = (line: string) => console.error(line);
  const times = await timeAll((job) => call('measure', job), options, say);
  const calls = await countAll((job) => call('measure', job), options, say);
  for (const line of said) say(line);
  const gpu = options.gpu ? await call('gpuName') : 'no GPU';
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, Chromium ${browser.version()}, ${gpu}`;
  const day = new Date().toISOString().slice(0, 10);
  const measured = { machine, day, rounds: options.rounds, times, calls };
  const text = describe(measured);
  console.log(text);
  if (options.isWritten) {
    await writeMarkdown('tests/bench/speed.md', text);
    await writeBetween('README.md', 'speed', summarize(measured));
  }
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(measured, null, 1));
} finally {
  await browser.close();
}
process.exit(0);
