import * as tf from '@tensorflow/tfjs-core';
import type { BackendChoice, BackendName, BackendReport } from '#src/training/protocol.ts';
import { messageOf, probe } from './probe.ts';
import type { Refusal } from './probe.ts';
import { computesCorrectly } from './selfTest.ts';
import { start, stop } from './start.ts';

/** In which order backends are tried. A GPU must first compile, so WASM comes first where nobody chose. */
const order: Readonly<Record<BackendChoice, readonly BackendName[]>> = {
  auto: ['wasm', 'webgl', 'cpu'],
  webgpu: ['webgpu', 'webgl', 'wasm', 'cpu'],
  webgl: ['webgl', 'wasm', 'cpu'],
  wasm: ['wasm', 'webgl', 'cpu'],
  cpu: ['cpu', 'wasm', 'webgl'],
};

/** No backend runs at all. `refused` says why each does not. */
export class NoBackendError extends Error {
  readonly code = 'no-backend';
  readonly refused: readonly Refusal[];

  constructor(refused: readonly Refusal[]) {
    super(refused.map(({ name, why, detail = '' }) => `${name}: ${why} ${detail}`.trim()).join('; '));
    this.name = 'NoBackendError';
    this.refused = refused;
  }
}

let running: { name: BackendName; software: boolean } | undefined;

/** Those that failed to start or to compute: they are not tried again, which could hang (tfjs waits for ever). */
const failed = new Map<BackendName, Refusal>();

/** One start at a time. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Starts a backend of tfjs that computes correctly: the chosen one, else the next that runs. If another was running,
 * it is stopped and all its tensors are freed; if the wanted one runs already, nothing changes.
 *
 * @throws NoBackendError if none runs.
 */
export function startBackend(choice: BackendChoice): Promise<BackendReport> {
  const starting = last.then(() => startFirst(choice));
  last = starting.catch(() => undefined);
  return starting;
}

/** Stops the backend that runs, if any, and frees all its tensors. */
export function stopBackend(): Promise<void> {
  const stopping = last.then(stopRunning);
  last = stopping;
  return stopping;
}

/** How many tensors there are, those of variables and optimizers among them. */
export function tensorsInMemory(): number {
  return running === undefined ? 0 : tf.memory().numTensors;
}

async function startFirst(choice: BackendChoice): Promise<BackendReport> {
  const refused: Refusal[] = [];
  for (const name of order[choice]) {
    const refusal = await startOne(name);
    if (refusal === undefined && running !== undefined) {
      const reason = refused.length > 0 ? 'fallback' : choice === 'auto' ? 'default' : 'chosen';
      return { ...running, reason, refused };
    }
    if (refusal !== undefined) refused.push(refusal);
  }
  throw new NoBackendError(refused);
}

/** @returns why it does not run, or nothing: then it runs. */
async function startOne(name: BackendName): Promise<Refusal | undefined> {
  if (running?.name === name) return undefined;
  const known = failed.get(name);
  if (known !== undefined) return known;
  const found = await probe(name);
  if ('why' in found) return { name, ...found };
  stopRunning();
  const failure = await tryToStart(name);
  if (failure === undefined) {
    running = { name, software: found.software };
    return undefined;
  }
  stop();
  failed.set(name, failure);
  return failure;
}

async function tryToStart(name: BackendName): Promise<Refusal | undefined> {
  try {
    await start(name);
    return (await computesCorrectly()) ? undefined : { name, why: 'wrong-numbers' };
  } catch (error) {
    return { name, why: 'failed-to-start', detail: messageOf(error) };
  }
}

function stopRunning(): void {
  if (running === undefined) return;
  running = undefined;
  stop();
}
