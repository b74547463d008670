import { readAndDispose } from '#src/nn/read.ts';
import * as tf from '#src/nn/tf.ts';

/** One number of a run after a step. */
interface Point<Name> {
  step: number;
  metric: Name;
  value: number;
}

/** Metrics of steps that are done, on the device until somebody wants to see them. */
export interface UnreadMetrics<Name> {
  /** @param values one for each name, `[names]`, or a scalar for the only one; from now on its own. */
  add(step: number, values: tf.Tensor): void;
  /** All since the last call, in one read-back. */
  read(): Promise<Point<Name>[]>;
  dispose(): void;
}

/** @param names of what is measured at each step, in the order of the values. */
export function createUnreadMetrics<Name extends string>(names: readonly Name[]): UnreadMetrics<Name> {
  let unread: { step: number; values: tf.Tensor }[] = [];
  return {
    add(step, values) {
      unread.push({ step, values });
    },
    async read() {
      const waiting = unread;
      unread = [];
      const read = await readAndDispose(
        Object.fromEntries(waiting.map(({ values }, place) => [String(place), values])),
      );
      return waiting.flatMap(({ step }, place) =>
        names.map((metric, at) => ({ step, metric, value: read[String(place)]?.values[at] ?? Number.NaN })),
      );
    },
    dispose: () => tf.dispose(unread.map(({ values }) => values)),
  };
}
