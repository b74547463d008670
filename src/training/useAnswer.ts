import { useEffect, useRef, useState } from 'react';
import type { NamedArrays } from './journal.ts';
import type { Question } from './protocol.ts';
import type { Run } from './run.ts';

/**
 * The answer to a question, asked again when it changes and, while training goes on, with each new picture; one at a
 * time. Until a changed question is answered, the answer to the one before stays.
 *
 * @param question the same object as long as it asks the same.
 */
export function useAnswer(run: Run, question: Question | undefined, snapshot: NamedArrays | undefined) {
  const [answer, setAnswer] = useState<{ to: Question; arrays: NamedArrays }>();
  const latest = useRef<Question>(undefined);
  const isAsking = useRef(false);

  useEffect(() => {
    latest.current = question;
    if (!question || isAsking.current) return;
    isAsking.current = true;
    void askUntilAnswered(run, latest, (to, arrays) => setAnswer({ to, arrays })).finally(() => {
      isAsking.current = false;
    });
  }, [run, question, snapshot]);

  return question && answer?.to.type === question.type ? answer.arrays : undefined;
}

/** One that came while the network was thinking is asked next. */
async function askUntilAnswered(
  run: Run,
  latest: { current: Question | undefined },
  onAnswer: (to: Question, arrays: NamedArrays) => void,
): Promise<void> {
  for (let asked: Question | undefined; latest.current && latest.current !== asked;) {
    asked = latest.current;
    try {
      onAnswer(asked, await run.ask(asked));
    } catch {
      return; // the worker was replaced, or there is none; the next picture asks again
    }
  }
}
