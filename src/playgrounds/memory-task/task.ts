import { clipByGlobalNorm } from '#src/nn/clip.ts';
import { computeGradients, type Gradients } from '#src/nn/gradients.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { firstExample, readTensors } from '#src/nn/read.ts';
import { disposeTaps, recordTaps, recordUpdate } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import { createUnreadMetrics } from '#src/nn/unreadMetrics.ts';
import { countParameters, restoreVariables } from '#src/nn/variables.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { MetricPoint } from '#src/training/protocol.ts';
import type { Value, Values } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { createWeights, forward, lossOf, NETWORKS, type Each } from './model.ts';
import { spec } from './spec.ts';
import { createCurriculum } from './task/curriculum.ts';
import { setGateBias } from './task/gates.ts';
import { readGradients, readInside } from './task/inside.ts';
import { drawLesson, lessonOf, spelled } from './task/sequences.ts';
import { askUnseen, horizonOf, type Remembered } from './task/unseen.ts';

export { spec };

/** The sequences are made as they are needed: there is nothing to load. */
export async function load(): Promise<undefined> {
  return undefined;
}

export function createTask(_: unknown, hyperparameters: Values, seed: number): Task {
  let values: Record<string, Value> = { ...hyperparameters };
  const number = (name: keyof typeof spec.hyperparameters) => Number(values[name]);
  const [longest, batch] = [number('delay'), number('batchSize')];
  const weights = createWeights(number('units'), number('keepBias'), (stream) => createRandom(seed, stream));
  const optimizer = createOptimizer('adam', weights);
  const curriculum = createCurriculum(values['curriculum'] === 'on', longest, NETWORKS.length);
  let remembered: Remembered = { delays: [], accuracy: [] };
  const unread = createUnreadMetrics(NETWORKS.map((name) => `${name}-loss`));
  let steps = 0;

  const lesson = () => drawLesson(batch, longest, curriculum.reach, createRandom(seed, 'batch', steps));

  /** One update of each network: a batch forward, its loss backward, the weights a little way down. */
  function learn() {
    tf.tidy(() => {
      const { inputs, labels } = lesson();
      let losses: tf.Tensor | undefined;
      const { gradients } = computeGradients(() => {
        const computed = lossOf(forward(weights, inputs), labels);
        losses = tf.keep(tf.stack(computed.losses));
        return computed.loss;
      }, weights);
      optimizer.apply(clipEach(gradients, number('clip')), number('learningRate'));
      steps += 1;
      if (!losses) return;
      curriculum.follow(losses);
      unread.add(steps, losses);
    });
  }

  /** The same update, with all that it computed: of the batch's first example where there is one a batch member. */
  async function learnTraced() {
    const x = tf.tidy(() => firstOfEach(lesson().inputs));
    const taps = recordUpdate(learn, weights);
    try {
      return {
        values: { ...(await readInside(taps)), ...(await readTensors({ x })) },
        gradients: await readGradients(taps),
        updates: await readTensors(taps.updates),
      };
    } finally {
      disposeTaps(taps);
      x.dispose();
    }
  }

  /** What the networks make of one sequence, every value by name. */
  async function lookAt(letters: Uint8Array, mark: number, withGradients: boolean): Promise<NamedArrays> {
    const { inputs, labels } = tf.tidy(() => lessonOf(letters, Math.min(longest, Math.max(1, mark || 1))));
    const compute = () => lossOf(forward(weights, inputs), labels).loss;
    const taps = recordTaps(() => {
      if (withGradients) tf.dispose(Object.values(computeGradients(compute, weights)));
      else tf.tidy(() => void compute());
    });
    const x = tf.tidy(() => firstOfEach(inputs));
    try {
      const gradients = await readGradients(taps, 'norms');
      return { ...(await readInside(taps)), ...gradients, ...(await readTensors({ x })) };
    } finally {
      disposeTaps(taps);
      tf.dispose([x, Object.values(inputs), Object.values(labels)]);
    }
  }

  return {
    get parameters() {
      return countParameters(weights);
    },
    get steps() {
      return steps;
    },
    async step({ trace = false } = {}) {
      if (trace) return learnTraced();
      learn();
      return undefined;
    },
    readMetrics: () => unread.read(),
    isEvaluationDue: () => steps % 50 === 0,
    async evaluate() {
      remembered = await askUnseen(longest, (x) => forward(weights, { rnn: x, gru: x, lstm: x }));
      return NETWORKS.flatMap((name, at): MetricPoint[] => {
        const accuracy = remembered.accuracy[at] ?? [];
        return [
          { step: steps, metric: `${name}-accuracy`, value: accuracy.at(-1) ?? Number.NaN },
          { step: steps, metric: `${name}-horizon`, value: horizonOf(remembered.delays, accuracy) },
        ];
      });
    },
    async snapshot(view) {
      const letters = spelled(longest, Number(view['sequence'] ?? 0), String(view['letters'] ?? ''));
      const { delays, accuracy } = remembered;
      return {
        ...(await lookAt(letters, Number(view['mark']), Number(view['gradients']) === 1)),
        ...(await readTensors({ reach: curriculum.reach })),
        delays: { shape: [delays.length], values: Float32Array.from(delays) },
        accuracyByDelay: { shape: [NETWORKS.length, delays.length], values: Float32Array.from(accuracy.flat()) },
      };
    },
    async answer(question) {
      if (question.type !== 'read' || typeof question['letters'] !== 'string') {
        throw new RangeError('The question "read" takes letters from A to H and the delay of the marked one.');
      }
      return lookAt(spelled(longest, 0, question['letters']), Number(question['mark']), false);
    },
    edit(edit) {
      if (edit.type === 'set-bias') setGateBias(weights, edit);
    },
    setHyperparameters(changed) {
      values = { ...values, ...changed };
    },
    async checkpoint() {
      return readTensors({ ...weights, ...optimizer.state(), ...curriculum.state() });
    },
    restore(tensors, done) {
      restoreVariables(tensors, { ...weights, ...curriculum.state() }, optimizer, done);
      steps = done;
    },
    dispose() {
      tf.dispose(Object.values(weights));
      optimizer.dispose();
      unread.dispose();
      curriculum.dispose();
    },
  };
}

/** What the networks read first of a batch: `[3, time, 10]`. */
function firstOfEach(inputs: Each<tf.Tensor>): tf.Tensor {
  return tf.stack(NETWORKS.map((name) => firstExample(inputs[name])));
}

/** Each network's gradients, together no longer than the limit. */
function clipEach(gradients: Gradients, limit: number): Gradients {
  const clipped = NETWORKS.map((network) => {
    const own = Object.entries(gradients).filter(([name]) => name.startsWith(network));
    return clipByGlobalNorm(Object.fromEntries(own), limit).gradients;
  });
  return Object.assign({}, ...clipped) as Gradients;
}
