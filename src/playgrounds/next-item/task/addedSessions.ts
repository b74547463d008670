import type { NamedArray } from '#src/training/journal.ts';

/** Sessions as a tensor of a checkpoint: `[sessions, longest]`, -1 behind the last click. */
export function rowsOfSessions(sessions: readonly (readonly number[])[], longest: number): NamedArray {
  const values = new Float32Array(sessions.length * longest).fill(-1);
  sessions.forEach((session, row) => values.set(session, row * longest));
  return { shape: [sessions.length, longest], values };
}

export function sessionsOfRows({ shape: [count = 0, longest = 0], values }: NamedArray): number[][] {
  return Array.from({ length: count }, (_, row) =>
    [...values.subarray(row * longest, (row + 1) * longest)].filter((item) => item >= 0),
  );
}
