import type { Command, Report } from './protocol.ts';

/** The part of `Worker` that is used; tests bring their own. */
export interface WorkerLike {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Report>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** A run as the client sees it. Every run that ever held the device hears all reports and takes its own. */
export interface Holder {
  receive(report: Report): void;
  /** The worker has died: it throws, or it answers no more. */
  workerLost(): void;
  /** Another run wants the device: pause and give it up. */
  release(): void;
}

/** The page's side of the one worker: made at first use, replaced when it is lost, held by one run at a time. */
export interface Client {
  send(command: Command, transfer?: Transferable[]): void;
  /** Makes `holder` the run that is served; the one before is asked to release the device first. */
  hold(holder: Holder): void;
  /** Loads engine and data of a playground before they are needed. */
  prepare(command: Extract<Command, { type: 'prepare' }>): void;
  /** Ends the worker and makes a new one. */
  replace(): void;
}

export function createClient(createWorker: () => WorkerLike): Client {
  let worker: WorkerLike | undefined;
  let holder: Holder | undefined;
  const holders = new Set<Holder>();

  function current(): WorkerLike {
    if (worker) return worker;
    const made = createWorker();
    made.onmessage = ({ data }) => {
      if (made === worker) for (const one of holders) one.receive(data);
    };
    made.onerror = (event) => {
      event.preventDefault(); // told to the reader as a notice, not to the console
      if (made === worker) holder?.workerLost();
    };
    worker = made;
    return made;
  }

  return {
    send: (command, transfer = []) => current().postMessage(command, transfer),
    hold(next) {
      if (holder === next) return;
      holder?.release();
      holder = next;
      holders.add(next);
    },
    prepare: (command) => current().postMessage(command),
    replace() {
      worker?.terminate();
      worker = undefined;
    },
  };
}
