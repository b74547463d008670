import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '#src/training/journal.ts';
import { defaultValues, type PlaygroundSpec, type Values } from '#src/training/spec.ts';
import { decodeTensors } from '#src/training/tensorFile.ts';
import { createTask, hasLearnt, sizeOf, weightsOf, type Playground } from './playgrounds.ts';

/** The stored state that a page shows before the first Run is a trained network of the settings it is stored for. */
export function wasTrained(subject: Playground): void {
  const { spec } = subject;
  const variants = [['', {}] as const, ...Object.entries(spec.trained?.variants ?? {})];
  for (const [variant, values] of variants) {
    if (spec.kind === 'trains')
      describe(`the stored trained state ${variant}`, () => wasTrainedWith(subject, variant, values));
    else describe('the stored picture', () => showsEverything(subject));
  }
}

async function read(id: string, file: string): Promise<NamedArrays> {
  const bytes = await readFile(`src/playgrounds/${id}/trained/${file}`);
  return decodeTensors(new Uint8Array(bytes).buffer);
}

function showsEverything({ id, spec }: Playground): void {
  it('has every tensor of the snapshot', async () => {
    expectEveryTensor(spec, await read(id, 'frame.data'));
  });
}

function expectEveryTensor(spec: PlaygroundSpec, tensors: NamedArrays) {
  expect(Object.keys(tensors).sort()).toEqual(Object.keys(spec.snapshot).sort());
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    expect(shape, name).toHaveLength(spec.snapshot[name]?.length ?? -1);
    expect(values, name).toHaveLength(sizeOf(shape));
  }
}

function wasTrainedWith(subject: Playground, variant: string, values: Values): void {
  const { id, spec, expectations } = subject;
  const end = variant === '' ? '' : `.${variant}`;
  let frame: NamedArrays;
  let weights: NamedArrays;
  beforeAll(async () => {
    [frame, weights] = await Promise.all([read(id, `frame${end}.data`), read(id, `weights${end}.data`)]);
  });

  it('has a picture of every tensor of the snapshot, and says how long it was trained', () => {
    const { stored, ...tensors } = frame;
    expect(stored?.shape).toEqual([2]);
    expect(stored?.values[0]).toBe(spec.trained?.steps);
    expectEveryTensor(spec, tensors);
  });

  it('fits the network of its settings', async () => {
    const task = await createTask(subject, values);
    const shapes = (tensors: NamedArrays) =>
      Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
    expect(shapes(weights)).toEqual(shapes(await task.checkpoint()));
    task.dispose();
  });

  it('does on unseen data what it says, and its picture is that of its weights', async () => {
    const task = await createTask(subject, values);
    task.restore(weights, 0);
    const found = (await task.evaluate()).find(({ metric }) => metric === spec.trained?.metric)?.value ?? Number.NaN;
    const snapshot = await task.snapshot(defaultValues(spec.view));
    task.dispose();
    // One example in a thousand may fall to the other side on another machine.
    const told = frame['stored']?.values[1] ?? Number.NaN;
    expect(Math.abs(found - told)).toBeLessThan(0.0015 * Math.max(1, Math.abs(told)));
    if (variant === '' && expectations?.learns.metric === spec.trained?.metric)
      expect(expectations && hasLearnt(expectations, found), String(found)).toBe(true);
    for (const [name, { values: numbers }] of Object.entries(weightsOf(weights))) {
      if (frame[name]) expect(frame[name].values, name).toEqual(numbers);
    }
    for (const [name, { values: numbers }] of Object.entries(snapshot)) {
      if (!(numbers instanceof Float32Array) || name === 'mistakes') continue;
      const pictured = frame[name]?.values ?? [];
      const error = numbers.reduce((most, value, at) => Math.max(most, Math.abs(value - (pictured[at] ?? NaN))), 0);
      expect(error, name).toBeLessThan(1e-3);
    }
  });
}
