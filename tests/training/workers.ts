import type { WorkerLike } from '#src/training/client.ts';
import type { BackendReport, Command, Report } from '#src/training/protocol.ts';
import { createServer, type Host } from '#src/training/server.ts';
import type { TaskModule } from '#src/training/task.ts';

export const wasm: BackendReport = { name: 'wasm', reason: 'default', software: false, refused: [] };

/** Everything that other macrotasks have to do first is done. Never a fake timer. */
const turn = (() => {
  const immediate = setImmediate;
  return () => new Promise<void>((resolve) => immediate(resolve));
})();

/** A host of playgrounds with a clock of its own, which stands still unless a test moves it. */
export function createHost(modules: Readonly<Record<string, TaskModule>>, changes: Partial<Host> = {}): Host {
  return {
    post: () => undefined,
    async loadTask(playgroundId) {
      const module = modules[playgroundId];
      if (!module) throw new Error(`There is no playground "${playgroundId}".`);
      return module;
    },
    startBackend: () => Promise.resolve(wasm),
    tensorsInMemory: () => 0,
    readFile: () => Promise.reject(new Error('There are no files.')),
    nextTurn: turn,
    now: () => 0,
    ...changes,
  };
}

export interface FakeWorker extends WorkerLike {
  commands: Command[];
  reports: Report[];
  /** Dies, and tells: the page's `onerror` is called. */
  crash(): void;
  /** Hangs: never heard of again. */
  hang(): void;
  isDead: boolean;
}

/**
 * Workers in this thread, each with a real server; messages are copied and handed over as between two threads.
 *
 * @param onTurn called between two steps at full speed: commands sent from here come before the next one.
 */
export function createWorkers(host: Host, onTurn: (worker: FakeWorker) => void = () => undefined) {
  const workers: FakeWorker[] = [];

  function create(): FakeWorker {
    const server = createServer({
      ...host,
      post(report, transfer = []) {
        const copy = structuredClone(report, { transfer });
        if (worker.isDead) return;
        void turn().then(() => {
          if (worker.isDead) return;
          worker.reports.push(copy);
          worker.onmessage?.({ data: copy } as MessageEvent<Report>);
        });
      },
      async nextTurn() {
        await host.nextTurn();
        if (!worker.isDead) onTurn(worker);
        if (worker.isDead) await new Promise(() => undefined);
      },
    });
    const worker: FakeWorker = {
      onmessage: null,
      onerror: null,
      commands: [],
      reports: [],
      isDead: false,
      postMessage(message, transfer = []) {
        const command = structuredClone(message, { transfer }) as Command;
        if (worker.isDead) return;
        worker.commands.push(command);
        server.receive(command);
      },
      terminate: () => void (worker.isDead = true),
      hang: () => void (worker.isDead = true),
      crash() {
        worker.isDead = true;
        worker.onerror?.({ preventDefault: () => undefined } as ErrorEvent);
      },
    };
    workers.push(worker);
    return worker;
  }

  return { create, workers, newest: () => workers.at(-1) as FakeWorker };
}

/**
 * Waits, with real turns, until something is so.
 *
 * @throws Error if it is not so for a very long time.
 */
export async function until(isSo: () => boolean, what = isSo.toString()): Promise<void> {
  const end = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`It never came to ${what}`);
    await turn();
  }
}

/** Lets everything that is under way come to rest. */
export async function settle(turns = 50): Promise<void> {
  for (let done = 0; done < turns; done += 1) await turn();
}
