import { useCallback, useMemo, useState } from 'react';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Run } from '#src/training/run.ts';
import type { RunState } from '#src/training/runState.ts';
import { useAnswer } from '#src/training/useAnswer.ts';

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
  const question = useMemo(() => (source === 'own' ? { type: 'recommend', clicks } : undefined), [source, clicks]);
  const answer = useAnswer(run, question, snapshot);
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
