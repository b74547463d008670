import { computeGradients } from '#src/nn/gradients.ts';
import { readTensors } from '#src/nn/read.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Batch, Given, Numbers } from '../data.ts';
import type { Pieces, Updater, Workload } from './workload.ts';

type Weights<Name extends string> = Record<Name, tf.Variable>;

/** The batch as a step sees it: new tensors each time, as when every step has a batch of its own. */
interface BatchTensors {
  x: tf.Tensor;
  /** int32 */
  labels: tf.Tensor1D;
}

/** A network that learns from examples with labels. */
export function createSupervised<Name extends string>(
  { weights: initial, batch, learningRate }: Given<Name>,
  pieces: Pieces,
  computeLoss: (weights: Weights<Name>, batch: BatchTensors) => tf.Scalar,
): Workload {
  const weights = createVariables(initial);
  const adam = pieces.createAdam(weights, learningRate);
  return createWorkload(weights, [adam], () => {
    const tensors = { x: tensorOf(batch.x), labels: tf.tensor1d(batch.labels, 'int32') };
    const { loss, gradients } = computeGradients(() => computeLoss(weights, tensors), weights);
    adam.apply(gradients);
    return loss;
  });
}

/**
 * A GAN's two players in turn: the discriminator learns from the batch and as many fakes, then the generator from what
 * the changed discriminator says of the same fakes. Weights belong to whom their names begin with.
 */
export function createGan<Name extends string>(
  { weights: initial, batch, learningRate }: Given<Name>,
  pieces: Pieces,
  generate: (weights: Weights<Name>, z: tf.Tensor2D) => tf.Tensor,
  discriminate: (weights: Weights<Name>, x: tf.Tensor) => tf.Tensor2D,
): Workload {
  const weights = createVariables(initial);
  const [generator, discriminator] = ['generator', 'discriminator'].map((player) => {
    const own = Object.fromEntries(Object.entries<tf.Variable>(weights).filter(([name]) => name.startsWith(player)));
    return { own, adam: pieces.createAdam(own, learningRate) };
  }) as [Player, Player];

  function learn({ own, adam }: Player, computeLoss: () => tf.Scalar): tf.Scalar {
    const { loss, gradients } = computeGradients(computeLoss, own);
    adam.apply(gradients);
    return loss;
  }

  return createWorkload(weights, [generator.adam, discriminator.adam], () => {
    const [real, z] = [tensorOf(batch.x), tensorOf(batch.z) as tf.Tensor2D];
    const judged = tf.concat([real, generate(weights, z)]);
    const targets = tf.tensor2d(new Float32Array(2 * batch.size).fill(1, 0, batch.size), [2 * batch.size, 1]);
    const wanted = tf.tensor2d(new Float32Array(batch.size).fill(1), [batch.size, 1]);
    const discriminatorLoss = learn(discriminator, () =>
      pieces.sigmoidCrossEntropy(discriminate(weights, judged), targets),
    );
    const generatorLoss = learn(generator, () =>
      pieces.sigmoidCrossEntropy(discriminate(weights, generate(weights, z)), wanted),
    );
    return tf.add(discriminatorLoss, generatorLoss);
  });
}

interface Player {
  own: Record<string, tf.Variable>;
  adam: Updater;
}

function createWorkload(weights: Weights<string>, adams: readonly Updater[], learn: () => tf.Scalar): Workload {
  const unread: tf.Scalar[] = [];
  const stateOf = () => Object.assign({}, ...adams.map((adam) => adam.state())) as Record<string, tf.Tensor>;
  return {
    step() {
      unread.push(tf.tidy(learn));
      if (unread.length > 16) tf.dispose(unread.splice(0, 1));
    },
    async readLosses() {
      const losses = unread.splice(0);
      const read = await readTensors(Object.fromEntries(losses.map((loss, at) => [`step ${at}`, loss])));
      tf.dispose(losses);
      return Object.values(read).map(({ values }) => values[0] ?? Number.NaN);
    },
    checkpoint: () => readTensors({ ...weights, ...stateOf() }),
    restore(tensors: NamedArrays, steps: number) {
      tf.tidy(() => {
        const made = Object.fromEntries(
          Object.entries(tensors).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape], 'float32')]),
        );
        for (const [name, weight] of Object.entries(weights)) {
          const saved = made[name];
          if (saved) weight.assign(saved);
        }
        for (const adam of adams) adam.restore(made, steps);
      });
    },
    dispose() {
      tf.dispose([Object.values(weights), unread]);
      for (const adam of adams) adam.dispose();
    },
  };
}

function createVariables<Name extends string>(initial: Record<Name, Numbers>): Weights<Name> {
  const entries = Object.entries<Numbers>(initial);
  return Object.fromEntries(
    entries.map(([name, { values, shape }]) => [name, tf.variable(tf.tensor(values, shape))]),
  ) as Weights<Name>;
}

function tensorOf({ values, shape }: Batch['x']): tf.Tensor {
  return tf.tensor(values, shape, values instanceof Int32Array ? 'int32' : 'float32');
}
