import { crossEntropy } from '#src/math/softmax.ts';
import { rankingQuality, type RankingQuality } from '#src/math/ranking.ts';
import * as tf from '#src/nn/tf.ts';
import { sessionBatch } from './batches.ts';
import { ranksOf, type ItemLog } from './itemLog.ts';

/** How a recommender does on sessions that it never learns from. */
export interface Evaluation {
  /** Scores all of them with the weights of this moment; the loss is in nats, the first click of a session counts. */
  run(): Promise<RankingQuality & { loss: number }>;
  dispose(): void;
}

/** @param score sessions `[batch, time]` to logits `[batch time, items]`. */
export function createEvaluation(log: ItemLog, score: (sessions: tf.Tensor2D) => tf.Tensor2D): Evaluation {
  const { items, longest, unseen } = log;
  const { sessions, next, counts } = sessionBatch(log, unseen);
  tf.dispose([next, counts]);
  return {
    async run() {
      const logits = tf.tidy(() => score(sessions));
      const numbers = await logits.data<'float32'>();
      logits.dispose();
      const scoresAfter = (session: number, clicks: number) => {
        const from = (session * longest + clicks) * items;
        return numbers.subarray(from, from + items);
      };
      const losses = unseen.flatMap((session, at) =>
        session.flatMap((item, clicks) => (item < items ? [crossEntropy(scoresAfter(at, clicks), item)] : [])),
      );
      const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length;
      return { loss, ...rankingQuality(ranksOf(log, unseen, scoresAfter)) };
    },
    dispose: () => sessions.dispose(),
  };
}
