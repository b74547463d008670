import { createRunLoop, type Host } from './runLoop.ts';
import type { Command, FailureCode } from './protocol.ts';
import type { TaskModule } from './task.ts';

export type { Host } from './runLoop.ts';

/**
 * The worker's side of the protocol. Commands are taken one at a time, between two steps and never within one: what a
 * step sees cannot change while it runs.
 */
export function createServer(host: Host) {
  const queue: Command[] = [];
  let wake: () => void = () => {};
  const loop = createRunLoop(host, loadTask);
  const tasks = new Map<string, Promise<{ module: TaskModule; data: unknown }>>();

  /** A playground's code and data, loaded once; a load that failed is tried again when asked again. */
  function loadTask(playgroundId: string): Promise<{ module: TaskModule; data: unknown }> {
    const known = tasks.get(playgroundId);
    if (known) return known;
    const loading = host
      .loadTask(playgroundId)
      .then(async (module) => ({ module, data: await module.load(host.readFile) }));
    tasks.set(playgroundId, loading);
    loading.catch(() => tasks.delete(playgroundId));
    return loading;
  }

  async function prepare({ playgroundId, backend }: Extract<Command, { type: 'prepare' }>) {
    try {
      // Starting another backend would end the one that a run stands on.
      await Promise.all([loop.isIdle() ? host.startBackend(backend) : undefined, loadTask(playgroundId)]);
      host.post({ type: 'prepared', playgroundId });
    } catch (error) {
      host.post({ type: 'prepare-failed', playgroundId, ...describeFailure(error) });
    }
  }

  async function handle(command: Command) {
    if (command.type === 'prepare') return prepare(command);
    try {
      await loop.handle(command);
    } catch (error) {
      host.post({ type: 'failed', runId: command.runId, ...describeFailure(error) });
    }
  }

  async function serve() {
    for (;;) {
      for (let command = queue.shift(); command; command = queue.shift()) await handle(command);
      const wait = await loop.advance();
      if (queue.length > 0) continue;
      if (wait === 0) await host.nextTurn();
      else
        await new Promise<void>((resolve) => {
          const timer = wait === undefined ? undefined : setTimeout(resolve, wait);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
  }

  void serve();
  return {
    receive(command: Command) {
      queue.push(command);
      wake();
    },
  };
}

const failureCodes: readonly string[] = ['data-missing', 'data-damaged', 'no-backend'] satisfies FailureCode[];

/** What went wrong as a code the page has a sentence for; errors that know their code carry it. */
export function describeFailure(error: unknown): { code: FailureCode; detail: string } {
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (failureCodes.includes(code)) return { code: code as FailureCode, detail };
  return { code: /memory|allocat/i.test(detail) ? 'out-of-memory' : 'unexpected', detail };
}
