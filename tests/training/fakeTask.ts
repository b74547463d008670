import type { Edit, NamedArray } from '#src/training/journal.ts';
import type { MetricPoint } from '#src/training/protocol.ts';
import { choice, definePlayground, index, range, type Values } from '#src/training/spec.ts';
import type { Task, TaskModule } from '#src/training/task.ts';

/** A playground of one number: each step adds the learning rate to the weight. */
export const spec = definePlayground({
  id: 'fake',
  kind: 'trains',
  hyperparameters: {
    learningRate: range(0.5, { min: 1 / 1024, max: 4, scale: 'log', applies: 'next-step' }),
    units: choice(4, { options: [2, 4, 8], applies: 'restart' }),
  },
  phases: ['forward', 'update'],
  metrics: ['loss', 'unseen-loss'],
  view: { example: index(10) },
  questions: { weigh: { takes: [], gives: ['unit'] } },
  edits: { 'set-weight': ['value'] },
  symbols: {},
  snapshot: { weight: ['unit'] },
  divergesAbove: 100,
});

export interface FakeBehaviour {
  /** After the step, from the steps done; a falling curve if absent. */
  lossAt?: (step: number) => number;
  /** At an evaluation after so many steps. */
  unseenLossAt?: (step: number) => number;
  /** Called in the middle of each step. */
  withinStep?: (step: number) => void | Promise<void>;
  withinEvaluation?: () => void | Promise<void>;
  load?: TaskModule['load'];
  evaluateEvery?: number;
}

export interface FakeModule extends TaskModule {
  /** What was called, in order: `step 3`, `rate 0.25 at 3`. */
  calls: string[];
  /** Tasks that are not disposed. */
  alive: number;
}

export function createFakeModule(behaviour: FakeBehaviour = {}): FakeModule {
  const { lossAt = (step) => 2 / step, unseenLossAt = lossAt, withinStep, evaluateEvery = Infinity } = behaviour;
  const calls: string[] = [];
  const module: FakeModule = {
    calls,
    alive: 0,
    spec,
    load: behaviour.load ?? (() => Promise.resolve('data')),
    createTask(_data, hyperparameters, seed) {
      module.alive += 1;
      return createFakeTask(hyperparameters, seed, () => {
        module.alive -= 1;
      });
    },
  };

  function createFakeTask(hyperparameters: Values, seed: number, onDispose: () => void): Task {
    let values = hyperparameters;
    let weight = seed;
    let steps = 0;
    let isWithinStep = false;
    let unread: MetricPoint[] = [];
    const rate = () => Number(values['learningRate']);
    const weights = () => ({ weight: { shape: [1], values: Float32Array.of(weight) } satisfies NamedArray });
    function note(call: string) {
      calls.push(isWithinStep ? `${call} within a step` : call);
    }
    return {
      parameters: 1,
      get steps() {
        return steps;
      },
      async step({ trace = false } = {}) {
        isWithinStep = true;
        await withinStep?.(steps + 1);
        isWithinStep = false;
        weight += rate();
        steps += 1;
        note(`step ${steps}`);
        unread.push({ step: steps, metric: 'loss', value: lossAt(steps) });
        return trace ? { values: weights(), gradients: {}, updates: weights() } : undefined;
      },
      async readMetrics() {
        return unread.splice(0);
      },
      isEvaluationDue: () => steps % evaluateEvery === 0,
      async evaluate() {
        await behaviour.withinEvaluation?.();
        note(`evaluate at ${steps}`);
        return [{ step: steps, metric: 'unseen-loss', value: unseenLossAt(steps) }];
      },
      async snapshot(view) {
        note(`snapshot of ${view['example'] ?? 'nothing'}`);
        return weights();
      },
      async answer(question) {
        if (question.type !== 'weigh') throw new RangeError('Only "weigh" can be asked.');
        note('answer');
        return weights();
      },
      edit(edit: Edit) {
        weight = Number(edit['value']);
        note(`edit to ${weight} at ${steps}`);
      },
      setHyperparameters(changed) {
        values = { ...values, ...changed };
        note(`rate ${rate()} at ${steps}`);
      },
      async checkpoint() {
        note(`checkpoint at ${steps}`);
        return weights();
      },
      restore(tensors, done) {
        weight = tensors['weight']?.values[0] ?? Number.NaN;
        steps = done;
        unread = [];
        note(`restore at ${steps}`);
      },
      dispose: onDispose,
    };
  }

  return module;
}
