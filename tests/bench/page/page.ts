import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { dist } from '../../browser/staticHost.ts';
import type { PlaygroundName } from '../../browser/playground.ts';
import { openRun, percentile, type Heard, type Row } from './open.ts';

/** All JavaScript that the page itself has loaded when it is at rest, before Run; the worker's own is not in it. */
export async function measureScripts(browser: Browser, root: string): Promise<Row> {
  const { page } = await openRun(browser, root);
  await page.waitForLoadState('networkidle');
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  await page.close();
  const names = new Set(loaded.map((name) => name.slice(root.length)));
  const files = [...ownChunks('assets/', entryOf('en/core-algorithms/cnn/index.html'))].filter((name) =>
    names.has(name),
  );
  const bytes = files.map((name) => gzipSync(readFileSync(join(dist, name))).length);
  const total = bytes.reduce((sum, size) => sum + size, 0) / 1000;
  return { what: 'JavaScript of the page, gzipped', measured: `${total.toFixed(1)} kB`, goal: 'at most 170 kB' };
}

function entryOf(html: string): string {
  const [, entry] = /<script type="module"[^>]* src="[^"]*assets\/([\w-]+\.js)"/.exec(read(html)) ?? [];
  if (entry === undefined) throw new Error(`${html} has no script.`);
  return entry;
}

/** A chunk and all that it imports, at once or later, without the worker's: browsers list those with the page's. */
function ownChunks(folder: string, entry: string, found = new Set<string>()): Set<string> {
  if (entry.startsWith('worker-') || found.has(folder + entry)) return found;
  found.add(folder + entry);
  for (const [, name] of read(folder + entry).matchAll(/["'`](?:\.\/|assets\/)([\w-]+\.js)["'`]/g)) {
    if (name !== undefined) ownChunks(folder, name, found);
  }
  return found;
}

const read = (file: string) => readFileSync(join(dist, file), 'utf8');

interface Observed {
  tasks: { start: number; duration: number }[];
  inputs: number[];
  shift: number;
}

/** From load to 30 seconds of training: what blocks, how soon a key is answered, what moves. */
export async function measurePage(browser: Browser, root: string): Promise<Row[]> {
  const cnn = await openRun(browser, root, '', { script: observe });
  const { page } = cnn;
  await cnn.control('run').click();
  await cnn.is('running');
  const pressedAt = await page.evaluate(() => performance.now());
  const rate = cnn.root.getByRole('slider', { name: 'Learning rate' });
  await rate.focus();
  const end = Date.now() + 30_000;
  let keys = 0;
  for (; Date.now() < end; keys++) {
    await page.keyboard.press(keys % 2 === 0 ? 'ArrowLeft' : 'ArrowRight');
    await page.waitForTimeout(200);
  }
  const { tasks, inputs, shift } = await page.evaluate(
    () => (globalThis as unknown as { observed: Observed }).observed,
  );
  await page.close();
  // The browser reports no event that took less than 16 ms.
  const quick = Array.from({ length: Math.max(0, keys - inputs.length) }, () => 16);
  const delays = [...inputs, ...quick];
  const during = (isTraining: boolean) => tasks.filter(({ start }) => start >= pressedAt === isTraining);
  return [
    longTasks('tasks over 50 ms, from load to Run', during(false)),
    longTasks('tasks over 50 ms, 30 s of training', during(true)),
    {
      what: `key to paint while training, ${keys} keys: p50, p95, longest`,
      measured: `${[50, 95, 100].map((part) => percentile(delays, part).toFixed(0)).join(', ')} ms`,
      goal: 'under 50 ms',
    },
    { what: 'layout shift', measured: shift.toFixed(4), goal: 'under 0.02' },
  ];
}

/** From load to 15 seconds of training of a recurrent playground: what blocks, how many pictures a second come. */
export async function measureTraining(browser: Browser, root: string, name: PlaygroundName): Promise<Row[]> {
  const playground = await openRun(browser, root, '', { script: observe, name });
  const { page } = playground;
  await playground.control('run').click();
  await playground.is('running');
  await page.waitForTimeout(2000);
  const framesBefore = await page.evaluate(countFrames);
  await page.waitForTimeout(15_000);
  const frames = (await page.evaluate(countFrames)) - framesBefore;
  const { tasks, shift } = await page.evaluate(() => (globalThis as unknown as { observed: Observed }).observed);
  await page.close();
  return [
    longTasks(`${name}: tasks over 50 ms, from load through 17 s of training`, tasks),
    { what: `${name}: pictures a second while it trains`, measured: (frames / 15).toFixed(1), goal: 'at least 10' },
    { what: `${name}: layout shift`, measured: shift.toFixed(4), goal: 'under 0.02' },
  ];
}

const countFrames = () => (globalThis as unknown as { heard: Heard }).heard.frames;

function longTasks(what: string, tasks: Observed['tasks']): Row {
  const longest = Math.max(0, ...tasks.map(({ duration }) => duration));
  const measured = tasks.length === 0 ? 'none' : `${tasks.length}, the longest ${longest.toFixed(0)} ms`;
  return { what, measured, goal: 'none' };
}

function observe() {
  const observed: Observed = { tasks: [], inputs: [], shift: 0 };
  Object.assign(globalThis, { observed });
  const each = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...(type === 'event' && { durationThreshold: 16 }),
    });
  each('longtask', ({ startTime, duration }) => observed.tasks.push({ start: startTime, duration }));
  each('event', ({ name, duration }) => name === 'keydown' && observed.inputs.push(duration));
  each('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) observed.shift += value;
  });
}
