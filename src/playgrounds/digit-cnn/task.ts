import { firstOfEachClass, type ImageSplits } from '#datasets/dataset.ts';
import { load } from '#datasets/digits/index.ts';
import { createEvaluation } from '#src/nn/evaluation.ts';
import { computeGradients } from '#src/nn/gradients.ts';
import { createBatchOrder, imageBatch } from '#src/nn/imageBatches.ts';
import { dropout } from '#src/nn/layers.ts';
import { accuracy } from '#src/nn/losses.ts';
import { createOptimizer, type OptimizerKind } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { firstExample, readAndDispose, readTensors } from '#src/nn/read.ts';
import { disposeTaps, recordTaps, recordUpdate } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import { createUnreadMetrics } from '#src/nn/unreadMetrics.ts';
import { countParameters, restoreVariables, setWhere } from '#src/nn/variables.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Value, Values } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { createWeights, forward, lossOf, penalty, read, type Architecture } from './model.ts';
import { spec } from './spec.ts';

export { load, spec };

/** How many unseen digits the strip shows: three of each. */
const STRIP = 30;

/** Unseen digits are looked at more often where the curve is steep. */
const isEvaluationDue = (steps: number) => steps % (steps < 100 ? 10 : 50) === 0;

export function createTask(data: ImageSplits, hyperparameters: Values, seed: number): Task {
  let values: Record<string, Value> = { ...hyperparameters };
  const number = (name: keyof typeof spec.hyperparameters) => Number(values[name]);
  const architecture = { activation: values['activation'], pooling: values['pooling'] } as Architecture;
  const [size, filters1, filters2] = [number('kernelSize'), number('filters1'), number('filters2')];
  const weights = createWeights(size, filters1, filters2, createRandom(seed, 'weights'));
  const optimizer = createOptimizer(values['optimizer'] as OptimizerKind, weights);
  const nextExamples = createBatchOrder(data.train.count, number('batchSize'), seed);
  const unseen = firstOfEachClass(data.unseen, 10, 100);
  const evaluation = createEvaluation(unseen, (images) => forward(weights, images, architecture));
  const unread = createUnreadMetrics(['loss', 'accuracy']);
  let steps = 0;

  /** One update: a batch forward, its loss backward, every weight a little way down. */
  function learn() {
    const { images, labels } = imageBatch(data.train, nextExamples(steps));
    const drop = (features: tf.Tensor2D) => dropout(features, number('dropout'), createRandom(seed, 'dropout', steps));
    let logits: tf.Tensor2D | undefined;
    let loss: tf.Scalar | undefined;
    const { loss: total, gradients } = computeGradients(() => {
      logits = tf.keep(forward(weights, images, architecture, drop));
      loss = tf.keep(lossOf(logits, labels));
      return number('l2') > 0 ? tf.add(loss, penalty(weights, number('l2'))) : loss;
    }, weights);
    optimizer.apply(gradients, number('learningRate'));
    steps += 1;
    if (logits && loss) {
      const scalars: [tf.Tensor2D, tf.Scalar] = [logits, loss];
      unread.add(
        steps,
        tf.tidy(() => tf.stack([scalars[1], accuracy(scalars[0], labels)])),
      );
    }
    tf.dispose([images, labels, total, gradients]);
    tf.dispose([logits, loss].filter((tensor) => tensor !== undefined));
  }

  /** The same update, with all that it computed: of the batch's first example where there is one a batch member. */
  async function learnTraced() {
    const label = data.train.labels[nextExamples(steps)[0] ?? 0] ?? 0;
    const taps = recordUpdate(learn, weights);
    const probabilities = tf.tidy(() => read(taps.values['logits'] as tf.Tensor2D));
    try {
      return {
        values: {
          ...(await readFirstExample({ ...taps.values, probabilities })),
          label: { shape: [], values: Uint8Array.of(label) },
        },
        gradients: await readFirstExample(taps.gradients),
        updates: await readTensors(taps.updates),
      };
    } finally {
      disposeTaps(taps);
      probabilities.dispose();
    }
  }

  /** What the network makes of one picture, every value by name; with its label also the loss and, if wanted, gradients. */
  async function lookAt(images: tf.Tensor4D, label?: tf.Tensor1D, withGradients = false): Promise<NamedArrays> {
    const compute = () => {
      const logits = forward(weights, images, architecture);
      return label ? lossOf(logits, label) : tf.mean(logits);
    };
    const taps = recordTaps(() => {
      if (withGradients) {
        const { loss, gradients } = computeGradients(compute, weights);
        tf.dispose([loss, gradients]);
      } else tf.tidy(() => void compute());
    });
    const probabilities = tf.tidy(() => read(taps.values['logits'] as tf.Tensor2D));
    try {
      const gradients = Object.entries(taps.gradients).map(([name, tensor]) => [`gradient:${name}`, tensor] as const);
      return await readFirstExample({ ...taps.values, probabilities, ...Object.fromEntries(gradients) });
    } finally {
      disposeTaps(taps);
      probabilities.dispose();
    }
  }

  /** What is known without the network: the example's digit, and pictures and results of the last evaluation. */
  function known(example: number): NamedArrays {
    const { predictions, mistakes } = evaluation.result();
    const pictures = (chosen: readonly number[]) => ({
      shape: [chosen.length, 28, 28],
      values: Uint8Array.from(chosen.flatMap((at) => [...unseen.pixels.subarray(at * 784, (at + 1) * 784)])),
    });
    return {
      label: { shape: [], values: Uint8Array.of(unseen.labels[example] ?? 0) },
      labels: { shape: [unseen.count], values: unseen.labels.slice() },
      predictions: { shape: [predictions.length], values: predictions.slice() },
      strip: pictures(Array.from({ length: STRIP }, (_, at) => at)),
      mistakes: { shape: [mistakes.length], values: Float32Array.from(mistakes) },
      mistakePictures: pictures(mistakes),
    };
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
    isEvaluationDue: () => isEvaluationDue(steps),
    async evaluate() {
      const { loss, accuracy: correct } = await evaluation.run();
      return [
        { step: steps, metric: 'unseen-loss', value: loss },
        { step: steps, metric: 'unseen-accuracy', value: correct },
      ];
    },
    async snapshot(view) {
      const example = Number(view['example'] ?? 0);
      const { images, labels } = imageBatch(unseen, [example]);
      try {
        const looked = await lookAt(images, labels, Number(view['gradients']) === 1);
        return { ...looked, ...known(example) };
      } finally {
        tf.dispose([images, labels]);
      }
    },
    async answer(question) {
      const pixels = question['pixels'];
      if (question.type !== 'read' || !(pixels instanceof Float32Array) || pixels.length !== 784) {
        throw new RangeError('The question "read" takes a picture of 28 by 28 numbers.');
      }
      const images = tf.tensor4d(pixels, [1, 28, 28, 1]);
      try {
        return await lookAt(images);
      } finally {
        images.dispose();
      }
    },
    edit(edit) {
      if (edit.type !== 'set-kernel') return;
      const kernel = edit['layer'] === 2 ? weights.kernel2 : weights.kernel1;
      setCell(
        kernel,
        [edit['row'], edit['column'], edit['channel'], edit['filter']].map(Number),
        Number(edit['value']),
      );
    },
    setHyperparameters(changed) {
      values = { ...values, ...changed };
    },
    async checkpoint() {
      return readTensors({ ...weights, ...optimizer.state() });
    },
    restore(tensors, done) {
      restoreVariables(tensors, weights, optimizer, done);
      steps = done;
    },
    dispose() {
      tf.dispose(Object.values(weights));
      optimizer.dispose();
      unread.dispose();
      evaluation.dispose();
    },
  };
}

/** Values that there are once for each example of a batch. */
const perExample = new Set(['x', 'z1', 'a1', 'p1', 'z2', 'a2', 'p2', 'logits', 'probabilities']);

/** Brings tensors to the CPU; of those with a batch only its first example, and a picture without its one channel. */
async function readFirstExample(tensors: Record<string, tf.Tensor>): Promise<NamedArrays> {
  const cut = tf.tidy(() =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => {
        const key = name.replace('gradient:', '');
        if (!perExample.has(key)) return [name, tf.clone(tensor)];
        const first = firstExample(tensor);
        return [name, key === 'x' ? tf.reshape(first, first.shape.slice(0, 2)) : first];
      }),
    ),
  );
  return readAndDispose(cut);
}

/** One number of a weight set by hand, if there is such a place in it. */
function setCell(weight: tf.Variable, index: readonly number[], value: number) {
  const isInside = index.every(
    (along, axis) => Number.isInteger(along) && along >= 0 && along < Number(weight.shape[axis]),
  );
  if (!isInside || !Number.isFinite(value)) return;
  const place = index.reduce((at, along, axis) => at * (weight.shape[axis] ?? 1) + along, 0);
  const isChosen = new Float32Array(weight.size);
  isChosen[place] = 1;
  setWhere(weight, isChosen, value);
}
