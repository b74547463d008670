import type { RankingQuality } from '#src/math/ranking.ts';
import { nextOfAnyTaste } from '#src/math/sessionLog.ts';
import { computeGradients, type Gradients, type Variables } from '#src/nn/gradients.ts';
import { createBatchOrder } from '#src/nn/imageBatches.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { readAndDispose, readTensors } from '#src/nn/read.ts';
import { disposeTaps, recordTaps, recordUpdate } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import { createUnreadMetrics } from '#src/nn/unreadMetrics.ts';
import { countParameters, restoreVariables } from '#src/nn/variables.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import type { MetricPoint } from '#src/training/protocol.ts';
import type { Value, Values } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { createWeights, forward, lossOf, recommend } from './model.ts';
import { spec } from './spec.ts';
import { rowsOfSessions, sessionsOfRows } from './task/addedSessions.ts';
import { createBaselines } from './task/baselines.ts';
import { sessionBatch } from './task/batches.ts';
import { createEvaluation } from './task/evaluation.ts';
import { createItemLog, type ItemLog } from './task/itemLog.ts';
import { ofFirstSession } from './task/looking.ts';
import { readOwnLog } from './task/ownLog.ts';

export { spec };

export async function load(): Promise<ItemLog> {
  return createItemLog();
}

/** Unseen sessions are looked at more often where the curve is steep. */
const isEvaluationDue = (steps: number) => steps % (steps < 100 ? 20 : steps < 1000 ? 100 : 250) === 0;

export function createTask(shopLog: ItemLog, hyperparameters: Values, seed: number, own?: string): Task {
  let values: Record<string, Value> = { ...hyperparameters };
  const number = (name: keyof typeof spec.hyperparameters) => Number(values[name]);
  const log = own === undefined ? shopLog : readOwnLog(own);
  const learnt = log.train.slice(0, number('sessions'));
  const size = { ...log, embedding: number('embedding'), units: number('units'), layers: number('layers') };
  const weights = createWeights(size, createRandom(seed, 'weights'));
  const variables = weights as Variables;
  const optimizer = createOptimizer('adam', variables);
  const nextSessions = createBatchOrder(learnt.length, Math.min(number('batchSize'), learnt.length), seed);
  const evaluation = createEvaluation(log, (sessions) => forward(weights, sessions));
  let baselines = createBaselines(log, learnt);
  let added: number[][] = [];
  let measured: RankingQuality | undefined;
  const unread = createUnreadMetrics(['loss']);
  let steps = 0;

  const isItem = (item: number) => Number.isInteger(item) && item >= 0 && item < log.items;

  function addSession(items: number[]) {
    added.push(items);
    baselines.add(items);
  }

  /** The batch's last place goes to the sessions that the reader added, one after the other. */
  function chooseSessions(): readonly (readonly number[])[] {
    const chosen = Array.from(nextSessions(steps), (at) => learnt[at] ?? []);
    const mine = added[steps % Math.max(1, added.length)];
    return mine ? [...chosen.slice(0, -1), mine] : chosen;
  }

  /** The same units of a session are left out after each of its clicks. */
  function drop(states: tf.Tensor3D): tf.Tensor3D {
    const [batch, , units] = states.shape;
    const rate = number('dropout');
    if (rate === 0) return states;
    const noise = createRandom(seed, 'dropout', steps).uniforms(batch * units);
    const mask = noise.map((uniform) => (uniform < rate ? 0 : 1 / (1 - rate)));
    return tf.mul(states, tf.tensor(mask, [batch, 1, units]));
  }

  /** One update: a batch forward, its loss backward, every weight a little way down. */
  function learn(): Gradients {
    const { sessions, next, counts } = sessionBatch(log, chooseSessions());
    const compute = () => lossOf(forward(weights, sessions, drop), next, counts);
    const { loss, gradients } = computeGradients(compute, variables);
    optimizer.apply(gradients, number('learningRate'));
    steps += 1;
    unread.add(steps, loss);
    tf.dispose([sessions, next, counts]);
    return gradients;
  }

  /** The same update, with all that it computed of the batch's first session. */
  async function learnTraced() {
    const [session = []] = chooseSessions();
    const known = session.length - 1;
    const { result: gradients, ...taps } = recordUpdate(learn, variables);
    try {
      return {
        values: {
          ...(await readAndDispose(tf.tidy(() => withProbabilities(ofFirstSession(taps.values, known))))),
          ...toldByLog(session.slice(0, known), session),
        },
        gradients: {
          ...(await readAndDispose(tf.tidy(() => ofFirstSession(taps.gradients, known)))),
          ...(await readTensors(gradients)),
        },
        updates: await readTensors(taps.updates),
      };
    } finally {
      disposeTaps(taps);
      tf.dispose(gradients);
    }
  }

  /** What the network makes of these clicks; of the one that came next, if that is known, its loss. */
  async function lookAt(clicks: readonly number[], next = log.items): Promise<NamedArrays> {
    const taps = recordTaps(() =>
      tf.tidy(() => {
        const logits = forward(weights, tf.tensor2d([log.symbols - 1, ...clicks], [1, clicks.length + 1], 'int32'));
        const last = tf.slice(logits, [clicks.length, 0], [1, log.items]);
        if (next < log.items) lossOf(last, tf.tensor1d([next], 'int32'), tf.tensor1d([1]));
      }),
    );
    try {
      return await readAndDispose(tf.tidy(() => withProbabilities(ofFirstSession(taps.values, clicks.length))));
    } finally {
      disposeTaps(taps);
    }
  }

  /** What is known without the network. */
  function toldByLog(clicks: readonly number[], session: readonly number[]): NamedArrays {
    const best = log.shop ? nextOfAnyTaste(log.shop, clicks).at(-1) : undefined;
    return {
      popularity: vector(baselines.popularity()),
      markov: vector(baselines.markov(clicks.at(-1))),
      best: vector(best ?? []),
      session: vector(session),
      next: { shape: [], values: Float32Array.of(session[clicks.length] ?? -1) },
    };
  }

  return {
    get parameters() {
      return countParameters(variables);
    },
    get steps() {
      return steps;
    },
    async step({ trace = false } = {}) {
      if (trace) return learnTraced();
      tf.dispose(learn());
      return undefined;
    },
    readMetrics: () => unread.read(),
    isEvaluationDue: () => isEvaluationDue(steps),
    async evaluate() {
      const { loss, ...quality } = await evaluation.run();
      measured = quality;
      const points = { '': quality, ...baselines.qualities() };
      return [
        { step: steps, metric: 'unseen-loss', value: loss },
        ...Object.entries(points).flatMap(([who, { hitRate10, meanReciprocalRank }]): MetricPoint[] => [
          { step: steps, metric: `${who}hit-rate-10`, value: hitRate10 },
          { step: steps, metric: `${who}mrr`, value: meanReciprocalRank },
        ]),
      ];
    },
    async snapshot(view) {
      const session = log.unseen[Math.min(Number(view['example'] ?? 0), log.unseen.length - 1)] ?? [];
      const known = Math.min(Number(view['clicks'] ?? 0), session.length - 1);
      const clicks = session.slice(0, known);
      const next = session[known] ?? log.items;
      const loss = { shape: [], values: Float32Array.of(0) };
      const quality = qualityRows({ '': measured, ...baselines.qualities() });
      return { loss, quality, ...(await lookAt(clicks, next)), ...toldByLog(clicks, session) };
    },
    async answer(question) {
      const clicks = Array.isArray(question['clicks']) ? question['clicks'].map(Number) : [];
      if (question.type !== 'recommend' || !clicks.every(isItem)) {
        throw new RangeError(`A network that recommends cannot answer '${question.type}'.`);
      }
      const known = clicks.slice(-log.longest + 1);
      return { ...(await lookAt(known)), ...toldByLog(known, known) };
    },
    edit(edit) {
      const items = Array.isArray(edit['items']) ? edit['items'].map(Number) : [];
      if (edit.type !== 'add-session' || items.length < 2 || items.length > log.longest || !items.every(isItem)) return;
      addSession(items);
    },
    setHyperparameters(changed) {
      values = { ...values, ...changed };
    },
    async checkpoint() {
      return {
        ...(await readTensors({ ...variables, ...optimizer.state() })),
        'added/sessions': rowsOfSessions(added, log.longest),
      };
    },
    restore(tensors, done) {
      restoreVariables(tensors, variables, optimizer, done);
      baselines = createBaselines(log, learnt);
      added = [];
      const rows = tensors['added/sessions'];
      for (const items of rows ? sessionsOfRows(rows) : []) addSession(items);
      steps = done;
    },
    dispose() {
      tf.dispose(Object.values(variables));
      optimizer.dispose();
      unread.dispose();
      evaluation.dispose();
    },
  };
}

function withProbabilities(tensors: Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  const { logits } = tensors;
  if (!logits) return tensors;
  return { ...tensors, probabilities: tf.reshape(recommend(tf.reshape(logits, [1, logits.size])), [logits.size]) };
}

/** Hit rate and mean reciprocal rank of the network, the chain, popularity and the best; -1 where there is none. */
function qualityRows(qualities: Readonly<Record<string, RankingQuality | undefined>>): NamedArray {
  const rows = ['', 'markov-', 'popularity-', 'best-'].flatMap((who) => {
    const { hitRate10 = -1, meanReciprocalRank = -1 } = qualities[who] ?? {};
    return [hitRate10, meanReciprocalRank];
  });
  return { shape: [4, 2], values: Float32Array.from(rows) };
}

function vector(values: ArrayLike<number>): NamedArray {
  return { shape: [values.length], values: Float32Array.from(values) };
}
