import type { Limits, Timed } from '../job.ts';

/** What is timed. A step need not be finished when `step` returns; it is when a loss has been read. */
export interface Subject {
  step(): void | Promise<void>;
  readLoss(): number | Promise<number>;
}

const clockGrain = 15; // ms; 150 times what a page's clock tells apart

/** Starts, reads the first losses, then times blocks of steps. Its first block is not counted. */
export async function timeSteps(start: () => Subject | Promise<Subject>, limits: Limits): Promise<Timed> {
  const begin = performance.now();
  const subject = await start();
  const losses: number[] = [];
  const singly: number[] = [];
  const since = () => performance.now() - begin;

  let before = begin;
  // Two at least: a first step compiles, the second shows what a step takes.
  while (losses.length < 2 || (losses.length < limits.losses && since() < limits.patience)) {
    await subject.step();
    losses.push(await subject.readLoss());
    singly.push(performance.now() - before);
    before = performance.now();
  }
  const rest = singly.slice(1);
  const isSlow = rest.some((step) => step > limits.timed / 2);
  return { singly, losses, samples: isSlow ? rest : await timeBlocks(subject, limits.timed) };
}

async function timeBlocks(subject: Subject, duration: number): Promise<number[]> {
  const samples: number[] = [];
  let steps = 1;
  const end = performance.now() + duration;
  while (performance.now() < end || samples.length === 0) {
    const before = performance.now();
    for (let step = 0; step < steps; step++) await subject.step();
    await subject.readLoss();
    const took = performance.now() - before;
    // Blocks grow until the clock can tell their length; those that are long enough count.
    if (took >= clockGrain) samples.push(took / steps);
    else steps *= 2;
  }
  return samples.length > 2 ? samples.slice(1) : samples;
}
