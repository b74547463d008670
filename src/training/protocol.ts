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
      from?: Checkpoint;
      journal?: Journal;
    }
  | { type: 'set-hyperparameters'; runId: RunId; values: Values }
  | { type: 'set-speed'; runId: RunId; stepsPerSecond: StepsPerSecond }
  | { type: 'edit'; runId: RunId; edit: Edit }
  | { type: 'ask'; runId: RunId; askId: number; question: Question }
  | { type: 'request-frame'; runId: RunId; view: View }
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
    }
  | { type: 'trace'; runId: RunId; trace: Trace; metrics: readonly MetricPoint[] }
  | { type: 'answer'; runId: RunId; askId: number; answer: NamedArrays }
  | { type: 'checkpoint'; runId: RunId; checkpoint: Checkpoint }
  | { type: 'diverged'; runId: RunId; step: number; metric: string; value: number; metrics: readonly MetricPoint[] }
  | { type: 'failed'; runId: RunId; code: FailureCode; detail: string };
