import type { Checkpoint, Journal, NamedArrays } from './journal.ts';
import type { BackendReport, FailureCode, ProgramReport, ProgramState, StepsPerSecond, Trace } from './protocol.ts';
import type { Values } from './spec.ts';

export type RunStatus = 'idle' | 'loading' | 'running' | 'paused' | 'finished' | 'failed';

/** The values of one metric over the steps of a run. */
export interface Series {
  steps: readonly number[];
  values: readonly number[];
}

/** Why a run stopped learning, with what the reader needs to understand it. */
export interface Divergence {
  step: number;
  metric: string;
  value: number;
  learningRate: number;
  /** The last values of the metric before, oldest first. */
  before: readonly number[];
  /** The newest checkpoint from before, if there is one. */
  lastGood?: Checkpoint;
}

/** Something the reader should know, in one sentence of `i18n` (`notice.<code>`). */
export interface Notice {
  code: 'worker-replaced' | 'checkpoint-restored' | 'values-changed' | 'storage-unavailable';
  values: Readonly<Record<string, string | number>>;
}

/** All that the page knows of a run. Replaced, never changed in place. */
export interface RunState {
  status: RunStatus;
  /** While loading: what is waited for. */
  loading?: 'engine' | 'data' | 'network';
  seed: number;
  /** Hyperparameters as the controls show them. */
  values: Values;
  /** What the reader brought to learn from, if anything: like the seed, a part of the run's start. */
  own?: string;
  stepsPerSecond: StepsPerSecond;
  step: number;
  series: Readonly<Record<string, Series>>;
  snapshot?: NamedArrays;
  /** Whether `snapshot` is the stored trained state and not this run's. */
  isStored: boolean;
  backend?: BackendReport;
  parameters: number;
  tensors: number;
  millisecondsPerStep: number;
  /** How the steps run; absent before the worker has told. */
  program?: ProgramState;
  /** The program as it was asked for last; absent while the run has none. */
  listing?: ProgramReport;
  journal: Journal;
  /** The traced step that slow motion is walking through. */
  trace?: Trace;
  divergence?: Divergence;
  failure?: { code: FailureCode; detail: string };
  notices: readonly Notice[];
}

/** The picture that numbers may be taken from: once a run has begun, what was stored about another is no news of it. */
export function snapshotOf({ status, isStored, snapshot }: RunState): NamedArrays | undefined {
  return isStored && status !== 'idle' ? undefined : snapshot;
}
