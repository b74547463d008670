import { afterEach, expect, it, vi } from 'vitest';
import { createStorage, type StoredRun } from '#src/training/storage.ts';

const run: StoredRun = {
  playgroundId: 'fake',
  startValues: {},
  seed: 7,
  backend: 'auto',
  journal: [],
  series: {},
  checkpoint: { step: 5, journalLength: 0, tensors: {} },
};

afterEach(() => void vi.unstubAllGlobals());

async function expectNothingKept() {
  const storage = createStorage();
  expect(await storage.save('digits', run)).toBe(false);
  expect(await storage.load('digits')).toBeUndefined();
  await storage.remove('digits');
}

it('keeps nothing, and throws nothing, where there is no database', async () => {
  expect('indexedDB' in globalThis).toBe(false);
  await expectNothingKept();
});

it('keeps nothing, and throws nothing, where the browser forbids it', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  });
  await expectNothingKept();
});

it('asks again after a failure: the reader may have allowed it', async () => {
  const open = vi.fn(() => {
    throw new DOMException('Not now.', 'UnknownError');
  });
  vi.stubGlobal('indexedDB', { open });
  const storage = createStorage();
  await storage.save('digits', run);
  await storage.save('digits', run);
  expect(open).toHaveBeenCalledTimes(2);
});
