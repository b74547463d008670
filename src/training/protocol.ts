import type { Checkpoint, Edit, Journal, JournalEntry, NamedArrays } from './journal.ts';
import type { Values } from './spec.ts';

export type RunId = string;
export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';
export type BackendChoice = BackendName | 'auto';

/** What the reader looks at: which example, layer, unit. It shapes snapshots and changes nothing. */
export type View = Values;

/** Asked of the current weights; changes nothing. */
export interface Question {
  type: string;
  [field: string]: number | string | readonly number[] | Float32Array;
}

/** What the page asks of the worker. One for an unknown run is ignored: that run has just ended. */
export type Command =
  | { type: 'prepare'; playgroundId: string; backend: BackendChoice }
  | {
      type: 'start';
      runId: RunId;
      playgroundId: string;
      hyperparameters: Values;
      seed: number;
      backend: BackendChoice;
      stepsPerSecond: StepsPerSecond;
      paused: boolean;
      /** Text that the reader brought to learn from, in the playground's own form. */
      own?: string;
      from?: Checkpoint;
      journal?: Journal;
    }
  | { type: 'set-hyperparameters'; runId: RunId; values: Values }
  | { type: 'set-speed'; runId: RunId; stepsPerSecond: StepsPerSecond }
  | { type: 'edit'; runId: RunId; edit: Edit }
  | { type: 'ask'; runId: RunId; askId: number; question: Question }
  | { type: 'request-frame'; runId: RunId; view: View }
  /** Answered by the report `program`. */
  | { type: 'ask-program'; runId: RunId }
  | { type: 'pause' | 'resume' | 'step-once' | 'trace-step' | 'checkpoint' | 'stop'; runId: RunId };

export type StepsPerSecond = number | 'full';

/** Which backend runs and why: reasons are words of `i18n`, told apart by `code`. */
export interface BackendReport {
  name: BackendName;
  /** Why this one runs. */
  reason: 'default' | 'chosen' | 'fallback';
  /** A GPU backend on a software adapter: correct, slow, and not a GPU. */
  software: boolean;
  /** What was tried before and why it did not run, in order. */
  refused: readonly { name: BackendName; why: RefusalCode; detail?: string }[];
}

export type RefusalCode = 'no-api' | 'no-adapter' | 'failed-to-start' | 'wrong-numbers';

/** One value of one metric, after `step` steps. */
export interface MetricPoint {
  step: number;
  metric: string;
  value: number;
}

/** One step seen from inside: what `model.ts` named, with the gradient of the loss by each and each update. */
export interface Trace {
  /** The step that was traced: steps done after it. */
  step: number;
  /** Values that `tap` marked, by name, of the batch's first example; weights before the update. */
  values: NamedArrays;
  /** Gradient of the batch's loss by each of them. */
  gradients: NamedArrays;
  /** What the update added to each weight. */
  updates: NamedArrays;
}

/** How the steps run at the moment: as plain tfjs code, while they are recorded, or replayed as a program. */
export type ProgramState =
  { state: 'plain'; why: 'not-yet' | PlainReason } | { state: 'recording' } | { state: 'replayed'; since: number };

/** Why a run stays with plain steps. */
export type PlainReason =
  'backend' | 'recordings-differ' | 'results-differ' | 'waits-inside' | 'keeps-changing' | 'error';

/** The program of a run, for those who want to see it: every call of a step, in order, before and after the passes. */
export interface ProgramReport {
  backend: BackendName;
  /** The step that was recorded. */
  step: number;
  calls: readonly ProgramCall[];
  /** Memory of what the step computes, in bytes: if each result had its own, and as planned. */
  bytes: { before: number; after: number };
  /** Calls that are run: kernels that the plain step runs, and what the program runs. */
  counts: { before: number; after: number };
  /** Median of a plain and of a replayed step, in milliseconds. */
  millisecondsPerStep: { plain: number; replayed: number };
}

/** One kernel call of a recorded step, and what became of it. */
export interface ProgramCall {
  /** The kernel's name, as tfjs or the engine registers it. */
  kernel: string;
  /** Shape of its first result. */
  shape: readonly number[];
  /** Bytes of all its results. */
  bytes: number;
  /** Kept as it is, or why the program needs it no more; 'copied' is a list of copies instead of a kernel. */
  becomes: 'called' | 'copied' | 'alias' | 'constant' | 'unused' | 'fused';
  /** The call that it became a part of, by its place in the list. */
  into?: number;
  /** Where its result lies in the program's memory, in bytes from its start; not for those that need no memory of their own. */
  offset?: number;
  /** The step's calls before which and up to which that memory is its own, by place. */
  lives?: readonly [from: number, to: number];
  /** Measured time of this call within a replayed step; 0 where there is none. */
  microseconds: number;
}

export type FailureCode = 'data-missing' | 'data-damaged' | 'no-backend' | 'out-of-memory' | 'unexpected';

/** What the worker tells the page. One of a run that is not current is dropped. */
export type Report =
  | { type: 'prepared'; playgroundId: string }
  | { type: 'prepare-failed'; playgroundId: string; code: FailureCode; detail: string }
  | { type: 'loading'; runId: RunId; what: 'engine' | 'data' | 'network' }
  | { type: 'started'; runId: RunId; backend: BackendReport; parameters: number; step: number }
  | { type: 'state'; runId: RunId; state: 'running' | 'paused'; step: number; metrics: readonly MetricPoint[] }
  | { type: 'applied'; runId: RunId; entry: JournalEntry }
  /** A look at the unseen examples begins; on a slow backend it takes longer than any step. */
  | { type: 'evaluating'; runId: RunId }
  | {
      type: 'frame';
      runId: RunId;
      step: number;
      metrics: readonly MetricPoint[];
      snapshot: NamedArrays;
      tensors: number;
      /** Median of the last steps, in milliseconds; 0 before the first. */
      millisecondsPerStep: number;
      program: ProgramState;
    }
  /** The answer to `ask-program`; none while the run has no program. */
  | { type: 'program'; runId: RunId; program: ProgramReport | undefined }
  | { type: 'trace'; runId: RunId; trace: Trace; metrics: readonly MetricPoint[] }
  | { type: 'answer'; runId: RunId; askId: number; answer: NamedArrays }
  | { type: 'checkpoint'; runId: RunId; checkpoint: Checkpoint }
  | { type: 'diverged'; runId: RunId; step: number; metric: string; value: number; metrics: readonly MetricPoint[] }
  | { type: 'failed'; runId: RunId; code: FailureCode; detail: string };
