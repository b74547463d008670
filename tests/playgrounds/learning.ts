import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '#src/training/journal.ts';
import type { MetricPoint } from '#src/training/protocol.ts';
import { defaultValues } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { createTask, hasLearnt, weightsOf, type Playground } from './playgrounds.ts';

const ENOUGH = 200; // steps, for two runs to come apart

/** Looks at a run between two steps; true if the next step is to be traced. */
type LookAt = (task: Task, step: number, points: MetricPoint[]) => Promise<boolean>;

interface Trained {
  losses: readonly number[];
  /** All names of weights and optimizer state, and their numbers. */
  checkpoint: NamedArrays;
  unseen: readonly MetricPoint[];
}

/** Promises 2 and 3: it learns; the same seed gives the same numbers, whatever is looked at on the way. */
export function learns(subject: Playground): void {
  const { spec, expectations } = subject;
  if (spec.kind !== 'trains' || !expectations) return;
  const { seed, steps, metric } = expectations.learns;
  const bound =
    'above' in expectations.learns ? `above ${expectations.learns.above}` : `below ${expectations.learns.below}`;
  const view = defaultValues(spec.view);

  async function train(from: number, length: number, lookAt: LookAt) {
    const task = await createTask(subject, {}, from);
    const points: MetricPoint[] = [];
    while (task.steps < length) {
      const isTraced = await lookAt(task, task.steps, points);
      await task.step({ trace: isTraced });
      if (task.steps % 16 === 0 || isTraced) points.push(...(await task.readMetrics()));
    }
    points.push(...(await task.readMetrics()));
    const losses = points.filter((point) => point.metric === spec.metrics[0]).map(({ value }) => value);
    const trained: Trained = { losses, checkpoint: await task.checkpoint(), unseen: await task.evaluate() };
    task.dispose();
    return trained;
  }

  /** All that a curious reader can do without changing the run, at odd moments; traces every 13th step. */
  const lookAround: LookAt = async (task, step, points) => {
    if (step % 7 === 3) await task.snapshot(view);
    if (step % 11 === 5) {
      for (const [name, part] of Object.entries(spec.view)) {
        for (const option of part.kind === 'choice' ? part.options : [part.min, part.max]) {
          await task.snapshot({ ...view, [name]: option });
        }
      }
    }
    if (step % 9 === 4 && expectations) await task.answer(expectations.question);
    if (step % 17 === 8) await task.evaluate();
    if (step % 19 === 2) await task.checkpoint();
    if (step % 23 === 6) points.push(...(await task.readMetrics()));
    return step % 13 === 0; // traced
  };

  describe('learning', () => {
    let calm: Trained;
    beforeAll(async () => {
      calm = await train(seed, steps, async () => false);
    });

    it(`brings ${metric} ${bound} after ${steps} steps from seed ${seed}`, () => {
      const { value } = calm.unseen.find((point) => point.metric === metric) ?? {};
      expect(hasLearnt(expectations, value), `${metric}: ${value}`).toBe(true);
    });

    it(`gives the same ${steps} losses and the same weights from the same seed, bit for bit, whatever was looked at`, async () => {
      const looked = await train(seed, steps, lookAround);
      expect(calm.losses).toHaveLength(steps);
      expect(steps).toBeGreaterThanOrEqual(ENOUGH);
      expect(looked.losses).toEqual(calm.losses);
      expect(looked.checkpoint).toEqual(calm.checkpoint);
      expect(looked.unseen).toEqual(calm.unseen);
    });

    it('gives other losses and other weights from another seed', async () => {
      const other = await train(seed + 1, 3, async () => false);
      for (const [step, loss] of other.losses.entries()) expect(loss).not.toBe(calm.losses[step]);
      expect(weightsOf(other.checkpoint)).not.toEqual(weightsOf(calm.checkpoint));
    });
  });
}
