import { createRunLoop, type Host } from './runLoop.ts';
import { describeFailure } from './failure.ts';
import type { Command } from './protocol.ts';
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

  /** Starts the engine now, loads code and data beside the steps: a slow network holds up no run. */
  async function prepare({ playgroundId, backend }: Extract<Command, { type: 'prepare' }>) {
    const fail = (error: unknown) => host.post({ type: 'prepare-failed', playgroundId, ...describeFailure(error) });
    try {
      // Starting another backend would end the one that a run stands on.
      if (loop.isIdle()) await host.startBackend(backend);
    } catch (error) {
      return fail(error);
    }
    loadTask(playgroundId).then(() => host.post({ type: 'prepared', playgroundId }), fail);
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
