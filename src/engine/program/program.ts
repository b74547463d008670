import type { DataId, Tensor, Variable } from '@tensorflow/tfjs-core';
import type { ProgramReport } from '#src/training/protocol.ts';

/** The kernel calls of one step on one backend. */
export interface Recording {
  /** One line a call and one a constant: two recordings of the same step have the same. */
  signature(feeds: readonly Tensor[]): readonly string[];
}

/** What goes into a step and comes out of it, by the tensors of the recorded step. */
export interface StepInterface {
  /** Tensors whose numbers JavaScript gives at each step. */
  feeds: readonly Tensor[];
  /** Tensors that outlive the step. */
  outputs: readonly Tensor[];
  variables: readonly StepVariable[];
}

/** A variable that the step reads or assigns. */
export interface StepVariable {
  variable: Variable;
  before: DataId;
  /** The same as `before` if the step assigns nothing. */
  after: DataId;
}

/** A compiled step: computes what the recorded one computed, from the variables' present values and new feeds. */
export interface Program {
  feed(index: number, values: ArrayLike<number>): void;
  /** A new tensor that the next `run` fills with what output `index` then is. Its owner disposes it. */
  makeOutput(index: number): Tensor;
  /** Computes. Afterwards the variables have their next values. */
  run(): void;
  /** Runs too, and notes the time of each call for `report`. */
  runTimed(): void;
  /** Gives up the outputs that were made for a step that does not come. They hold zeros. */
  abandon(): void;
  report(): Omit<ProgramReport, 'step' | 'millisecondsPerStep'>;
  /** Frees its memory; the variables keep their values. */
  dispose(): void;
}

/** A backend that can record and replay. */
export interface ProgramBackend {
  /** Notes every kernel call from now on. */
  begin(): void;
  /** @throws NotRecordable if the step did what cannot be replayed. */
  end(): Recording;
  compile(recording: Recording, step: StepInterface): Program;
}

/** The step did something that a program cannot do again. */
export class NotRecordable extends Error {
  readonly why: 'waits-inside' | 'error';

  constructor(why: 'waits-inside' | 'error', message: string) {
    super(message);
    this.name = 'NotRecordable';
    this.why = why;
  }
}
