import type { Values } from './spec.ts';

/** A tensor as plain data. */
export interface NamedArray {
  shape: readonly number[];
  values: Float32Array | Uint8Array;
}

export type NamedArrays = Readonly<Record<string, NamedArray>>;

/** A change of a run by hand, as data; each playground's spec lists the kinds it knows. */
export interface Edit {
  type: string;
  [field: string]: number | string | readonly number[];
}

/** One change of a run. It took effect after `step` steps were done, before the next one. */
export type JournalEntry =
  | { step: number; type: 'set-hyperparameters'; values: Values }
  | { step: number; type: 'edit'; edit: Edit }
  | { step: number; type: 'backend'; backend: string };

export type Journal = readonly JournalEntry[];

/** Everything a run needs to go on from where it was: weights and optimizer state by name. */
export interface Checkpoint {
  /** Steps done. */
  step: number;
  /** How many entries of the run's journal are already in it. */
  journalLength: number;
  tensors: NamedArrays;
}

/** The hyperparameters in force once the journal's first `length` entries have been applied. */
export function valuesAfter(start: Values, journal: Journal, length = journal.length): Values {
  return journal
    .slice(0, length)
    .reduce((values, entry) => (entry.type === 'set-hyperparameters' ? { ...values, ...entry.values } : values), start);
}
