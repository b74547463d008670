import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { keepsItsChanges } from './changes.ts';
import { isAFolderOfFour } from './folder.ts';
import { learns } from './learning.ts';
import { leavesNothingBehind } from './memory.ts';
import { takesEveryOption } from './options.ts';
import { playground } from './playgrounds.ts';
import { agreesWithFloat64 } from './reference.ts';
import { isReplayedExactly } from './replaying.ts';
import { hasTheShapesOfItsSpec } from './shapes.ts';
import { wasTrained } from './trained.ts';

/** The promises of every playground. Browsers and GPUs are another suite's. */
export async function keepsItsPromises(id: string): Promise<void> {
  // Training takes its time, on a machine that is busy even more.
  vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
  const subject = await playground(id);
  isAFolderOfFour(subject);

  it('says in its file here what it learns, and has a reference', () => {
    const { spec, expectations, computed } = subject;
    expect(spec.kind === 'trains' ? expectations : computed, `tests/playgrounds/${id}.ts`).toBeDefined();
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
}
