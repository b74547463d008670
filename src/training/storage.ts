import type { DBSchema, IDBPDatabase } from 'idb';
import type { Checkpoint, Journal } from './journal.ts';
import type { BackendChoice } from './protocol.ts';
import type { Series } from './runState.ts';
import type { Values } from './spec.ts';

/** What is kept of a run on this device: enough to go on with it, and its curve. */
export interface StoredRun {
  playgroundId: string;
  startValues: Values;
  own?: string;
  seed: number;
  backend: BackendChoice;
  journal: Journal;
  series: Readonly<Record<string, Series>>;
  checkpoint: Checkpoint;
}

export interface RunStorage {
  /** False where the browser keeps nothing (private window, storage full or forbidden). */
  save(id: string, run: StoredRun): Promise<boolean>;
  load(id: string): Promise<StoredRun | undefined>;
  remove(id: string): Promise<void>;
}

interface Schema extends DBSchema {
  runs: { key: string; value: StoredRun };
}

/** Runs in IndexedDB, the newest of each instance. Nothing here throws: a reader without storage reads on. */
export function createStorage(): RunStorage {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;

  function open(): Promise<IDBPDatabase<Schema>> {
    opened ??= import('idb').then(({ openDB }) =>
      openDB<Schema>('livegrad', 1, {
        upgrade(database) {
          database.createObjectStore('runs');
        },
      }),
    );
    opened.catch(() => (opened = undefined));
    return opened;
  }

  return {
    async save(id, run) {
      try {
        await (await open()).put('runs', run, id);
        return true;
      } catch {
        return false;
      }
    },
    async load(id) {
      try {
        const run = await (await open()).get('runs', id);
        return isStoredRun(run) ? run : undefined;
      } catch {
        return undefined;
      }
    },
    async remove(id) {
      try {
        await (await open()).delete('runs', id);
      } catch {
        // nothing was kept, so nothing is left
      }
    },
  };
}

/** Storage may hold what another version of the book wrote. */
function isStoredRun(run: StoredRun | undefined): run is StoredRun {
  return (
    run !== undefined &&
    typeof run.playgroundId === 'string' &&
    Number.isInteger(run.seed) &&
    Array.isArray(run.journal) &&
    Number.isInteger(run.checkpoint?.step) &&
    typeof run.checkpoint.tensors === 'object'
  );
}
