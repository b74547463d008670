/**
 * What the reader points at: a symbol of a run, or one cell of one of its tensors. One store for the whole page, so
 * that prose, formula, diagram, code and picture light up together.
 */

/**
 * How one cell came about: `result = bias + sum of weight * input`, the maximum or mean of the inputs, or an activation
 * function of the one input.
 */
export interface Explanation {
  kind: 'sum' | 'maximum' | 'mean' | 'activation';
  /** Symbol of the result, and its place such as `z[14, 9, 2]` (row, column, filter, from 0). */
  symbol: string;
  place: string;
  result: number;
  bias?: number;
  /** Only a sum has weights. */
  terms: readonly { weight?: number; input: number }[];
}

export interface Pointing {
  /** Instance of the playground whose symbols are meant; `<Formula of="…">` and the like carry the same. */
  of?: string;
  symbol?: string;
  /** A cell of a tensor of the snapshot: its key there and its index. */
  cell?: { tensor: string; index: readonly number[] };
}

export interface PointingStore {
  get(): Pointing;
  set(pointing: Pointing): void;
  /** The cell of a playground that was pointed at last, in the numbers of now; it stays when the pointer leaves. */
  explanationOf(of: string): Explanation | undefined;
  explain(of: string, explanation: Explanation | undefined): void;
  subscribe(listener: () => void): () => void;
}

export function createPointing(): PointingStore {
  let current: Pointing = {};
  const explanations = new Map<string, Explanation | undefined>();
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  return {
    get: () => current,
    set(pointing) {
      current = pointing;
      notify();
    },
    explanationOf: (of) => explanations.get(of),
    explain(of, explanation) {
      if (explanations.get(of) === explanation) return;
      explanations.set(of, explanation);
      notify();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
