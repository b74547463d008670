import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { keepsItsChanges } from './changes.ts';
import { isAFolderOfFour } from './folder.ts';
import { learns } from './learning.ts';
import { leavesNothingBehind } from './memory.ts';
import { takesEveryOption } from './options.ts';
import { folders, playground } from './playgrounds.ts';
import { agreesWithFloat64 } from './reference.ts';
import { isReplayedExactly } from './replaying.ts';
import { hasTheShapesOfItsSpec } from './shapes.ts';
import { wasTrained } from './trained.ts';

// Training takes its time, on a machine that is busy even more.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** The promises of every playground; a new folder joins by existing. Browsers and GPUs are another suite's. */
it('finds the playgrounds', () => {
  expect(folders).toContain('digit-cnn');
});

describe.each(folders)('%s', (id) => {
  const subject = playground(id);
  isAFolderOfFour(subject);

  it('says in its file here what it learns, and has a reference', () => {
    if (subject.spec.kind === 'trains') expect(subject.expectations, `tests/playgrounds/${id}.ts`).toBeDefined();
  });

  describe('on WASM', () => {
    beforeAll(() => startBackend('wasm'));
    afterAll(() => stopBackend());
    hasTheShapesOfItsSpec(subject);
    learns(subject);
    isReplayedExactly(subject);
    leavesNothingBehind(subject);
    keepsItsChanges(subject);
    agreesWithFloat64(subject);
    takesEveryOption(subject);
    wasTrained(subject);
  });

  describe('on the CPU', () => {
    beforeAll(() => startBackend('cpu'));
    afterAll(() => stopBackend());
    leavesNothingBehind(subject);
    agreesWithFloat64(subject);
  });
});
