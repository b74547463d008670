import * as tf from '#src/nn/tf.ts';
import type { ItemLog } from './itemLog.ts';

export interface SessionBatch {
  /** `[batch, time]`, int32: a beginning, then all clicks but the last; what is over is filled with beginnings. */
  sessions: tf.Tensor2D;
  /** `[batch time]`, int32: what was clicked next. */
  next: tf.Tensor1D;
  /** `[batch time]`: 1 for a click, 0 for what is over and for items without a number of their own. */
  counts: tf.Tensor1D;
}

/** Sessions as tensors that the caller disposes; every batch is as long as the log's longest session. */
export function sessionBatch(
  { items, symbols, longest }: Pick<ItemLog, 'items' | 'symbols' | 'longest'>,
  chosen: readonly (readonly number[])[],
): SessionBatch {
  const size = chosen.length * longest;
  const sessions = new Int32Array(size).fill(symbols - 1);
  const next = new Int32Array(size);
  const counts = new Float32Array(size);
  for (const [row, session] of chosen.entries()) {
    for (const [place, item] of session.entries()) {
      const at = row * longest + place;
      if (place + 1 < longest) sessions[at + 1] = item;
      if (item >= items) continue;
      next[at] = item;
      counts[at] = 1;
    }
  }
  return {
    sessions: tf.tensor2d(sessions, [chosen.length, longest], 'int32'),
    next: tf.tensor1d(next, 'int32'),
    counts: tf.tensor1d(counts),
  };
}
