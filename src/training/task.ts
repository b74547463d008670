import type { Edit, NamedArrays } from './journal.ts';
import type { MetricPoint, ProgramReport, ProgramState, Question, Trace, View } from './protocol.ts';
import type { PlaygroundSpec, Values } from './spec.ts';

/** Reads a file of a data set: its bytes, or an error that says what is wrong with it. */
export type ReadFile = (file: string) => Promise<ArrayBuffer>;

/** What a playground's `task.ts` makes: one run of one network (or of several that are compared), step by step. */
export interface Task {
  /** Weights that are learnt. */
  readonly parameters: number;
  /** Does one step: a batch, an update. With `trace`, the same kernels, and what they computed. */
  step(options?: { trace?: boolean }): Promise<Omit<Trace, 'step'> | undefined>;
  /** Steps done. */
  readonly steps: number;
  /** Metrics of the training batches since the last call; one read-back for all. */
  readMetrics(): Promise<MetricPoint[]>;
  /** Whether unseen data should be looked at after this many steps (more often while the curve is steep). */
  isEvaluationDue(): boolean;
  /** Metrics on unseen data at the current weights. Changes nothing. */
  evaluate(): Promise<MetricPoint[]>;
  snapshot(view: View): Promise<NamedArrays>;
  answer(question: Question): Promise<NamedArrays>;
  edit(edit: Edit): void;
  setHyperparameters(values: Values): void;
  checkpoint(): Promise<NamedArrays>;
  restore(tensors: NamedArrays, steps: number): void;
  dispose(): void;
}

/** Runs a task's steps, each in the way that is fastest; what is learnt is the same. */
export interface Stepper {
  step(options?: { trace?: boolean }): ReturnType<Task['step']>;
  /** Those of the task, each once. */
  readMetrics(): Promise<MetricPoint[]>;
  /** The task's hyperparameters are others now. */
  changed(): void;
  state(): ProgramState;
  /** The program that runs, if one does. Steps that have been done give its times. */
  report(): ProgramReport | undefined;
  /** Frees what it keeps; the task stays as it is. */
  dispose(): void;
}

/** Steps as the task does them. */
export function createPlainStepper(task: Task): Stepper {
  return {
    step: (options) => task.step(options),
    readMetrics: () => task.readMetrics(),
    changed() {},
    state: () => ({ state: 'plain', why: 'backend' }),
    report: () => undefined,
    dispose() {},
  };
}

/** What the worker finds in a playground's `task.ts`. */
export interface TaskModule<Data = unknown> {
  spec: PlaygroundSpec;
  /** The files this task needs, loaded once and kept. */
  load(readFile: ReadFile): Promise<Data>;
  /**
   * @param own what the reader brought to learn from, as text.
   * @throws RangeError if nothing can be learnt from that.
   */
  createTask(data: Data, hyperparameters: Values, seed: number, own?: string): Task;
}
