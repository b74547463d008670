import { expect, it } from 'vitest';
import { createStopwatch } from '#src/training/stopwatch.ts';

function start() {
  const clock = { now: 0 };
  const stopwatch = createStopwatch(() => clock.now);
  const work = (milliseconds: number) => stopwatch.measure(async () => void (clock.now += milliseconds));
  return { clock, stopwatch, work };
}

it('knows nothing before the first lap', () => {
  expect(start().stopwatch.median()).toBe(0);
});

it('counts the time of steps and their read-backs, not that between them', async () => {
  const { clock, stopwatch, work } = start();
  for (let step = 0; step < 4; step += 1) {
    await work(10);
    clock.now += 500;
  }
  await work(8);
  stopwatch.lap(4);
  expect(stopwatch.median()).toBe(12);
});

it('is not impressed by one slow step', async () => {
  const { stopwatch, work } = start();
  for (const milliseconds of [10, 3000, 11, 12, 9]) {
    await work(milliseconds);
    stopwatch.lap(1);
  }
  expect(stopwatch.median()).toBe(11);
});

it('forgets what is long past', async () => {
  const { stopwatch, work } = start();
  for (let step = 0; step < 40; step += 1) {
    await work(step < 20 ? 100 : 1);
    stopwatch.lap(1);
  }
  expect(stopwatch.median()).toBe(1);
});

it('counts work that failed, and passes the failure on', async () => {
  const { clock, stopwatch } = start();
  const failing = stopwatch.measure(async () => {
    clock.now += 7;
    throw new Error('out of memory');
  });
  await expect(failing).rejects.toThrow('out of memory');
  stopwatch.lap(1);
  expect(stopwatch.median()).toBe(7);
});
