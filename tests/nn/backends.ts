import { afterAll, beforeAll, describe } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';

/** The same promises on each backend that runs in Node. */
export function onEachBackend(subject: string, promises: (backend: 'cpu' | 'wasm') => void): void {
  describe.each(['cpu', 'wasm'] as const)(`${subject} on %s`, (backend) => {
    beforeAll(() => startBackend(backend));
    afterAll(() => stopBackend());
    promises(backend);
  });
}
