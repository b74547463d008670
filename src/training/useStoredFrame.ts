import { useEffect } from 'react';
import type { Run } from './run.ts';
import { decodeTensors } from './tensorFile.ts';

/** Shows the stored picture of the trained network until this run has something of its own. */
export function useStoredFrame(run: Run, file: string) {
  useEffect(() => {
    let isWanted = true;
    fetch(file)
      .then(async (response) => {
        if (response.ok && isWanted) run.showStored(await decodeTensors(await response.arrayBuffer()));
      })
      .catch(() => {
        // the page reads without it; Run makes pictures of its own
      });
    return () => {
      isWanted = false;
    };
  }, [run, file]);
}
