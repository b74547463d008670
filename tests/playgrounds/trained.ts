import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '#src/training/journal.ts';
import { defaultValues } from '#src/training/spec.ts';
import { decodeTensors } from '#src/training/tensorFile.ts';
import { createTask, sizeOf, weightsOf, type Playground } from './playgrounds.ts';

/** The stored state that a page shows before the first Run is a trained network of the default settings. */
export function wasTrained(subject: Playground): void {
  const { id, spec, expectations } = subject;
  if (spec.kind !== 'trains') return;

  async function read(file: string): Promise<NamedArrays> {
    const bytes = await readFile(`src/playgrounds/${id}/trained/${file}`);
    return decodeTensors(new Uint8Array(bytes).buffer);
  }

  describe('the stored trained state', () => {
    let frame: NamedArrays;
    let weights: NamedArrays;
    beforeAll(async () => {
      [frame, weights] = await Promise.all([read('frame.data'), read('weights.data')]);
    });

    it('has a picture of every tensor of the snapshot, and says how long it was trained', () => {
      const { stored, ...tensors } = frame;
      expect(stored?.shape).toEqual([2]);
      expect(stored?.values[0]).toBeGreaterThan(0);
      expect(Object.keys(tensors).sort()).toEqual(Object.keys(spec.snapshot).sort());
      for (const [name, { shape, values }] of Object.entries(tensors)) {
        expect(shape, name).toHaveLength(spec.snapshot[name]?.length ?? -1);
        expect(values, name).toHaveLength(sizeOf(shape));
      }
    });

    it('fits the network of the default settings', async () => {
      const task = await createTask(subject);
      const shapes = (tensors: NamedArrays) =>
        Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
      expect(shapes(weights)).toEqual(shapes(await task.checkpoint()));
      task.dispose();
    });

    it('does on unseen data what it says, and its picture is that of its weights', async () => {
      const task = await createTask(subject);
      task.restore(weights, 0);
      const found = (await task.evaluate()).find(({ metric }) => metric === expectations?.learns.metric);
      const snapshot = await task.snapshot(defaultValues(spec.view));
      task.dispose();
      // One example in a thousand may fall to the other side on another machine.
      expect(Math.abs((found?.value ?? Number.NaN) - (frame['stored']?.values[1] ?? 0))).toBeLessThan(0.0015);
      expect(found?.value).toBeGreaterThan(expectations?.learns.above ?? 1);
      for (const [name, { values }] of Object.entries(weightsOf(weights))) {
        expect(frame[name]?.values, name).toEqual(values);
      }
      for (const [name, { values }] of Object.entries(snapshot)) {
        if (!(values instanceof Float32Array) || name === 'mistakes') continue;
        const pictured = frame[name]?.values ?? [];
        const error = values.reduce((most, value, at) => Math.max(most, Math.abs(value - (pictured[at] ?? NaN))), 0);
        expect(error, name).toBeLessThan(1e-3);
      }
    });
  });
}
