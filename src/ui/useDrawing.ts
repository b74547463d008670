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
  const latest = useRef<Float32Array | null>(null);
  const isAsking = useRef(false);
  const onDraw = useCallback((picture: Picture) => {
    const centred = picture && centreDigit(picture.pixels, picture.height, picture.width);
    setPixels(centred);
    if (!centred) setAnswer(undefined);
  }, []);

  useEffect(() => {
    latest.current = isWanted ? pixels : null;
    if (!latest.current || isAsking.current) return;
    isAsking.current = true;
    void askUntilRead(run, latest, setAnswer).finally(() => {
      isAsking.current = false;
    });
  }, [run, pixels, snapshot, isWanted]);

  return { answer: pixels ? answer : undefined, onDraw };
}

/** Reads the latest drawing; one that came while the network was reading is read next. */
async function askUntilRead(
  run: Run,
  latest: { current: Float32Array | null },
  onAnswer: (answer: NamedArrays) => void,
): Promise<void> {
  for (let read: Float32Array | undefined; latest.current && latest.current !== read;) {
    read = latest.current;
    try {
      onAnswer(await run.ask({ type: 'read', pixels: read }));
    } catch {
      return; // the worker was replaced, or there is none; the next stroke or frame asks again
    }
  }
}
