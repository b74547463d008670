import { describe, expect, it } from 'vitest';
import { tensorsInMemory } from '#src/engine/backends.ts';
import { defaultValues } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { anotherValue, applying, createTask, smallValues, type Playground } from './playgrounds.ts';

/** Promise 4: a step adds no tensor, nor does looking; dispose leaves none. */
export function leavesNothingBehind(subject: Playground): void {
  const { spec, computed } = subject;

  /** Everything that can be asked of a task. */
  async function doEverything(task: Task) {
    await task.step({ trace: true });
    await task.evaluate();
    for (const [name, part] of Object.entries(spec.view)) {
      await task.snapshot({ ...defaultValues(spec.view), [name]: anotherValue(part, part.default) });
    }
    for (const name of applying(spec, 'next-step')) {
      const hyperparameter = spec.hyperparameters[name];
      if (hyperparameter) task.setHyperparameters({ [name]: anotherValue(hyperparameter, hyperparameter.default) });
    }
    if (computed) {
      if (computed.question) await task.answer(computed.question);
      await expect(task.answer({ type: 'nothing it knows' })).rejects.toThrow(RangeError);
      if (computed.edit) task.edit(computed.edit);
      task.edit({ type: 'nothing it knows' });
    }
    task.restore(await task.checkpoint(), task.steps);
    await task.step();
    await task.readMetrics();
  }

  describe('memory', () => {
    it('holds no more tensors after 50 steps than after 3, and no fewer', async () => {
      const task = await createTask(subject, smallValues(subject));
      for (let step = 0; step < 3; step += 1) await task.step();
      await task.readMetrics();
      const before = tensorsInMemory();
      for (let step = 0; step < 50; step += 1) await task.step();
      await task.readMetrics();
      expect(tensorsInMemory()).toBe(before);
      task.dispose();
    });

    it('holds no more tensors after everything that can be asked', async () => {
      const task = await createTask(subject, smallValues(subject));
      await task.step();
      await task.readMetrics();
      const before = tensorsInMemory();
      await doEverything(task);
      await doEverything(task);
      expect(tensorsInMemory()).toBe(before);
      task.dispose();
    });

    it('holds no tensor after dispose, metrics that nobody read among them', async () => {
      const before = tensorsInMemory();
      const task = await createTask(subject, smallValues(subject));
      await doEverything(task);
      await task.step();
      await task.step({ trace: true });
      expect(tensorsInMemory()).toBeGreaterThan(before);
      task.dispose();
      expect(tensorsInMemory()).toBe(before);
    });
  });
}
