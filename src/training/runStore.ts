import type { Notice, RunState } from './runState.ts';
import type { Values } from './spec.ts';

/** The state of one run, and those who watch it. Nothing here knows of workers. */
export type RunStore = ReturnType<typeof createRunStore>;

/** Fields that may be absent: `exactOptionalPropertyTypes` knows no undefined. */
type Forgettable = 'loading' | 'own' | 'program' | 'listing' | 'trace' | 'divergence' | 'failure';

export function createRunStore(seed: number, values: Values) {
  const listeners = new Set<() => void>();
  let state: RunState = {
    status: 'idle',
    seed,
    values,
    stepsPerSecond: 'full',
    step: 0,
    series: {},
    isStored: false,
    parameters: 0,
    tensors: 0,
    millisecondsPerStep: 0,
    journal: [],
    notices: [],
  };

  function update(change: Partial<RunState>) {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  return {
    get: () => state,
    update,
    /** Drops fields; those who watch hear of it with the next update. */
    forget(...fields: Forgettable[]) {
      const kept = { ...state };
      for (const field of fields) delete kept[field];
      state = kept;
    },
    /** One sentence for the reader; the newest of each kind is kept. */
    notify(code: Notice['code'], values: Notice['values'] = {}) {
      update({ notices: [...state.notices.filter((notice) => notice.code !== code), { code, values }] });
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
