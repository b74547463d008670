import type { NamedArrays } from './journal.ts';

/** Questions that were asked of a worker and are not answered yet. */
export interface Answers {
  /** Asks by the number that the answer will carry. */
  expect(ask: (askId: number) => void): Promise<NamedArrays>;
  arrived(askId: number, answer: NamedArrays): void;
  /** None of them will be answered any more. */
  giveUp(why: string): void;
}

export function createAnswers(): Answers {
  const waiting = new Map<number, { resolve(answer: NamedArrays): void; reject(reason: Error): void }>();
  let asked = 0;
  return {
    expect(ask) {
      const askId = ++asked;
      const answer = new Promise<NamedArrays>((resolve, reject) => waiting.set(askId, { resolve, reject }));
      ask(askId);
      return answer;
    },
    arrived(askId, answer) {
      waiting.get(askId)?.resolve(answer);
      waiting.delete(askId);
    },
    giveUp(why) {
      for (const { reject } of waiting.values()) reject(new Error(why));
      waiting.clear();
    },
  };
}
