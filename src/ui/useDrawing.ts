import { useCallback, useEffect, useRef, useState } from 'react';
import { centreDigit } from '#src/math/centreDigit.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Run } from '#src/training/run.ts';
import type { DrawingPadProps } from './DrawingPad.tsx';

type Picture = Parameters<DrawingPadProps['onDraw']>[0];

/**
 * The reader's drawing, made like the data set's pictures and read by the network as it is now: again after each
 * stroke and, while training goes on, with each frame.
 */
export function useDrawing(run: Run, snapshot: NamedArrays | undefined, isWanted: boolean) {
  const [pixels, setPixels] = useState<Float32Array | null>(null);
  const [answer, setAnswer] = useState<NamedArrays>();
  const isAsking = useRef(false);
  const onDraw = useCallback((picture: Picture) => {
    const centred = picture && centreDigit(picture.pixels, picture.height, picture.width);
    setPixels(centred);
    if (!centred) setAnswer(undefined);
  }, []);

  useEffect(() => {
    if (!pixels || !isWanted || isAsking.current) return;
    isAsking.current = true;
    run
      .ask({ type: 'read', pixels })
      .then(setAnswer)
      .catch(() => {
        // the worker was replaced; the next frame asks again
      })
      .finally(() => (isAsking.current = false));
  }, [run, pixels, snapshot, isWanted, answer === undefined]);

  return { answer: pixels ? answer : undefined, onDraw };
}
