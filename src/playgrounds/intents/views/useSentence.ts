import { useCallback, useEffect, useRef, useState } from 'react';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Run } from '#src/training/run.ts';
import type { RunState } from '#src/training/runState.ts';

/** What is longer is not read: nobody asks a shop that. */
export const MOST_TYPED = 10_000; // characters

/** The sentence in the box: an unseen one of the book, until the reader types. */
export function useSentence(run: Run, { snapshot }: RunState) {
  const [typed, setTyped] = useState<string>();
  const isAsked = typed !== undefined && typed.length <= MOST_TYPED;
  const answer = useAnswer(run, snapshot, isAsked ? typed : undefined);
  const show = useCallback(
    (example: number) => {
      setTyped(undefined);
      run.setView({ example });
    },
    [run],
  );
  return {
    typed,
    type: setTyped,
    /** Puts an unseen sentence of the book into the box. */
    show,
    /** What the network says of it; of what was typed once it has been read. */
    arrays: typed === undefined ? snapshot : isAsked ? answer : undefined,
  };
}

/** What the network says of a text as it is now: asked again after each key and, while it trains, with each frame. */
function useAnswer(run: Run, snapshot: NamedArrays | undefined, text: string | undefined) {
  const [answer, setAnswer] = useState<NamedArrays>();
  const latest = useRef<string>(undefined);
  const isAsking = useRef(false);
  useEffect(() => {
    latest.current = text;
    if (text === undefined || isAsking.current) return;
    isAsking.current = true;
    void askUntilTold(run, latest, setAnswer).finally(() => {
      isAsking.current = false;
    });
  }, [run, snapshot, text]);
  return answer;
}

/** Asks for the latest text; one that came meanwhile is asked for next. */
async function askUntilTold(
  run: Run,
  latest: { current: string | undefined },
  onAnswer: (answer: NamedArrays) => void,
): Promise<void> {
  for (let asked: string | undefined; latest.current !== undefined && latest.current !== asked;) {
    asked = latest.current;
    try {
      onAnswer(await run.ask({ type: 'classify', text: asked }));
    } catch {
      return; // the worker was replaced, or there is none; the next key or frame asks again
    }
  }
}
