import { useEffect } from 'react';
import type { Checkpoint } from './journal.ts';
import type { Run } from './run.ts';
import { decodeTensors } from './tensorFile.ts';

/** Shows the stored picture of the trained network until this run has something of its own. */
export function useStoredFrame(run: Run, file: string) {
  useEffect(() => {
    let isWanted = true;
    fetch(file)
      .then(async (response) => {
        if (!response.ok) return;
        const frame = await decodeTensors(await response.arrayBuffer());
        await whenIdle();
        if (isWanted) run.showStored(frame);
      })
      .catch(() => {
        // the page reads without it; Run makes pictures of its own
      });
    return () => {
      isWanted = false;
    };
  }, [run, file]);
}

/** Loads the stored weights, as a checkpoint to ask questions of before the first start. */
export function trainedIn(file: string): () => Promise<Checkpoint> {
  return async () => {
    const response = await fetch(file);
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    return { step: 0, journalLength: 0, tensors: await decodeTensors(await response.arrayBuffer()) };
  };
}

/** A picture that came before the page is alive would make all of it come alive in one long task. */
function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 1000 });
    else setTimeout(resolve, 200);
  });
}
