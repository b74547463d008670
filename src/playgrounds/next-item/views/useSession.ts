import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Run } from '#src/training/run.ts';
import type { RunState } from '#src/training/runState.ts';

export type Source = 'unseen' | 'own';

/** The session that is looked at: an unseen one of the log, or the clicks of the reader. */
export interface Session {
  source: Source;
  /** Numbers of the items clicked so far. */
  clicks: readonly number[];
  /** The item that was clicked next, if that is known. */
  next: number | undefined;
  /** What the network and the log say of it; of the reader's clicks once they have been read. */
  arrays: NamedArrays | undefined;
}

/** The session, and what a reader can do to it. */
export function useSession(run: Run, { snapshot, own }: RunState) {
  const [source, setSource] = useState<Source>('unseen');
  const [clicks, setClicks] = useState<readonly number[]>([]);
  const answer = useAnswer(run, snapshot, source === 'own' ? clicks : undefined);
  const [log, setLog] = useState(own);
  // Items have other numbers in another log.
  if (log !== own) {
    setLog(own);
    setSource('unseen');
    setClicks([]);
  }

  const next = snapshot?.['next']?.values[0] ?? -1;
  const known = useClicks(snapshot?.['x']?.values);
  const session: Session =
    source === 'own'
      ? { source, clicks, next: undefined, arrays: answer }
      : { source, clicks: known, next: next < 0 ? undefined : next, arrays: snapshot };

  const click = useCallback((items: readonly number[]) => {
    setSource('own');
    setClicks(items);
  }, []);
  return { session, click, choose: setSource };
}

/** The clicks of what the network reads, behind the beginning; the same list as long as they are the same clicks. */
export function useClicks(x: ArrayLike<number> | undefined): readonly number[] {
  const key = Array.from(x ?? [])
    .slice(1)
    .join();
  return useMemo(() => (key === '' ? [] : key.split(',').map(Number)), [key]);
}

/** What the network says of these clicks as it is now: asked again after each click and, while it trains, each frame. */
function useAnswer(run: Run, snapshot: NamedArrays | undefined, clicks: readonly number[] | undefined) {
  const [answer, setAnswer] = useState<{ to: readonly number[]; arrays: NamedArrays }>();
  const latest = useRef<readonly number[]>(undefined);
  const isAsking = useRef(false);
  useEffect(() => {
    latest.current = clicks;
    if (!clicks || isAsking.current) return;
    isAsking.current = true;
    void askUntilTold(run, latest, (to, arrays) => setAnswer({ to, arrays })).finally(() => {
      isAsking.current = false;
    });
  }, [run, snapshot, clicks]);
  return answer?.arrays;
}

/** Asks for the latest clicks; those that came meanwhile are asked for next. */
async function askUntilTold(
  run: Run,
  latest: { current: readonly number[] | undefined },
  onAnswer: (to: readonly number[], answer: NamedArrays) => void,
): Promise<void> {
  for (let asked: readonly number[] | undefined; latest.current && latest.current !== asked;) {
    asked = latest.current;
    try {
      onAnswer(asked, await run.ask({ type: 'recommend', clicks: asked }));
    } catch {
      return; // the worker was replaced, or there is none; the next click or frame asks again
    }
  }
}
