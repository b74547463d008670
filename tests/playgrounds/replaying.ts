import { describe, expect, it } from 'vitest';
import { programBackend } from '#src/engine/program/backend.ts';
import { createStepper } from '#src/engine/program/stepper.ts';
import type { MetricPoint } from '#src/training/protocol.ts';
import { defaultValues, type Values } from '#src/training/spec.ts';
import type { Stepper, Task } from '#src/training/task.ts';
import { createTask, smallValues, type Playground } from './playgrounds.ts';

const STEPS = 50;

/** What a reader does during a run, by step; none of it may tell a program from plain steps. */
type Plan = (task: Task, step: number, stepper: Stepper) => Promise<boolean>;

/** A run is the same to the last bit, whether its steps are done as they are written or replayed as a program. */
export function isReplayedExactly(subject: Playground): void {
  const { spec, expectations } = subject;
  if (spec.kind !== 'trains' || !expectations) return;
  const { changes, edit, question } = expectations;

  async function train(by: 'plain' | 'program', values: Values, plan: Plan) {
    const task = await createTask(subject, values);
    const stepper = createStepper(task, by === 'program' ? programBackend() : undefined, () => performance.now());
    const points: MetricPoint[] = [];
    const states: string[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      const isTraced = await plan(task, step, stepper);
      await stepper.step({ trace: isTraced });
      if (step % 16 === 15) points.push(...(await stepper.readMetrics()));
      states.push(stepper.state().state);
    }
    points.push(...(await stepper.readMetrics()));
    const trained = { points, checkpoint: await task.checkpoint(), unseen: await task.evaluate() };
    stepper.dispose();
    task.dispose();
    return { trained, states };
  }

  async function expectTheSame(values: Values, plan: Plan = async () => false) {
    const plain = await train('plain', { ...values }, plan);
    const program = await train('program', { ...values }, plan);
    expect(program.trained).toEqual(plain.trained);
    expect(program.states.at(-1)).toBe('replayed');
    return program.states;
  }

  describe('a program', () => {
    it('gives the losses, weights and optimizer state of 50 plain steps', async () => {
      const states = await expectTheSame({});
      expect(states.filter((state) => state === 'replayed').length).toBeGreaterThan(STEPS - 5);
    });

    it('gives them while a reader looks, asks, traces, edits and evaluates', async () => {
      await expectTheSame(smallValues(subject), async (task, step) => {
        if (step % 7 === 3) await task.snapshot(defaultValues(spec.view));
        if (step % 11 === 5) await task.answer(question);
        if (step % 13 === 8) await task.evaluate();
        if (step === 20) task.edit(edit);
        return step % 9 === 6;
      });
    });

    it.each(changes)('gives them when hyperparameters change on the way: %o', async (change) => {
      await expectTheSame(smallValues(subject), async (task, step, stepper) => {
        if (step === 20) {
          task.setHyperparameters(change);
          stepper.changed();
        }
        return false;
      });
    });
  });
}
