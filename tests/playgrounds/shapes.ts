import { describe, expect, it } from 'vitest';
import type { NamedArrays } from '#src/training/journal.ts';
import { defaultValues } from '#src/training/spec.ts';
import { anotherValue, applying, createTask, sizeOf, smallValues, type Playground } from './playgrounds.ts';

/** Promise 1: what the page gets has the names and axes of the spec, whatever the network's size. */
export function hasTheShapesOfItsSpec(subject: Playground): void {
  const { spec, computed } = subject;
  const view = defaultValues(spec.view);
  const known: Readonly<Record<string, readonly string[]>> = { ...spec.traced, ...spec.snapshot };

  function expectAxes(tensors: NamedArrays) {
    for (const [key, { shape, values }] of Object.entries(tensors)) {
      const axes = known[key.replace('gradient:', '')];
      expect(axes, `the spec names ${key}`).toBeDefined();
      expect(shape, `axes of ${key}`).toHaveLength(axes?.length ?? -1);
      expect(values, `numbers of ${key}`).toHaveLength(sizeOf(shape));
    }
  }

  describe('shapes', () => {
    const small = smallValues(subject);
    const sizes = [small, ...applying(spec, 'restart').map((name) => change(small, name))];
    function change(values: typeof small, name: string) {
      const hyperparameter = spec.hyperparameters[name];
      return hyperparameter ? { ...values, [name]: anotherValue(hyperparameter, values[name]) } : values;
    }

    it('of the snapshot are those the spec names, before the first step and after, at every size', async () => {
      for (const values of sizes) {
        const task = await createTask(subject, values);
        for (const steps of [0, 1]) {
          if (steps === 1) await task.step();
          await task.evaluate();
          const snapshot = await task.snapshot(view);
          expect(Object.keys(snapshot).sort()).toEqual(Object.keys(spec.snapshot).sort());
          expectAxes(snapshot);
          const shapes = Object.fromEntries(Object.entries(snapshot).map(([name, { shape }]) => [name, shape]));
          expect(shapes).toMatchObject(computed?.shapes(values) ?? {});
        }
        task.dispose();
      }
    });

    it('stay for every value of the view, gradients those of their tensors', async () => {
      const task = await createTask(subject, small);
      await task.step();
      for (const [name, part] of Object.entries(spec.view)) {
        const options = part.kind === 'choice' ? part.options : [part.min, part.max];
        for (const option of options) {
          const snapshot = await task.snapshot({ ...view, [name]: option });
          expectAxes(snapshot);
          for (const [key, { shape }] of Object.entries(snapshot)) {
            if (key.startsWith('gradient:')) expect(shape).toEqual(snapshot[key.replace('gradient:', '')]?.shape);
          }
        }
      }
      task.dispose();
    });

    it('of a trace and an answer are those the spec names', async () => {
      const task = await createTask(subject, small);
      const trace = await task.step({ trace: true });
      for (const tensors of [trace?.values, trace?.gradients, trace?.updates]) {
        if (spec.kind === 'trains') expect(Object.keys(tensors ?? {})).not.toHaveLength(0);
        expectAxes(tensors ?? {});
      }
      if (computed?.question) {
        const answer = await task.answer(computed.question);
        const gives = spec.questions[computed.question.type]?.gives ?? [];
        expectAxes(answer);
        expect(Object.keys(answer).map((key) => spec.snapshot[key])).toContainEqual(gives);
      }
      task.dispose();
    });
  });
}
