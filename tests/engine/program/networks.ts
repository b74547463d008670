import type { Steps } from '#src/engine/program/stepper.ts';
import { computeGradients } from '#src/nn/gradients.ts';
import { heNormal, zeros } from '#src/nn/initializers.ts';
import { activate, conv2d, dense, dropout, flatten, pool, type Activation, type Pooling } from '#src/nn/layers.ts';
import { createOptimizer, type OptimizerKind } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { readTensors } from '#src/nn/read.ts';
import * as tf from '#src/nn/tf.ts';

/** A small network that a stepper can run, with what the tests do to it. */
export interface Network extends Steps {
  variables: Readonly<Record<string, tf.Variable>>;
  dispose(): void;
}

interface Parts {
  variables: Record<string, tf.Variable>;
  /** What optimizers remember. */
  slots(): Record<string, tf.Tensor>;
  restoreSlots(state: Record<string, tf.Tensor>, steps: number): void;
  /** One step, from tensors to the loss; `steps` have been done before it. */
  learn(steps: number): tf.Tensor;
  dispose(): void;
}

/** Counts steps, keeps losses until they are read, saves and restores. */
export function createNetwork({ variables, slots, restoreSlots, learn, dispose }: Parts): Network {
  let steps = 0;
  let unread: { step: number; loss: tf.Tensor }[] = [];
  return {
    variables,
    get steps() {
      return steps;
    },
    async step() {
      const loss = tf.tidy(() => learn(steps));
      steps += 1;
      unread.push({ step: steps, loss });
      return undefined;
    },
    async readMetrics() {
      const waiting = unread;
      unread = [];
      const read = await readTensors(Object.fromEntries(waiting.map(({ step, loss }) => [step, loss])));
      tf.dispose(waiting.map(({ loss }) => loss));
      return waiting.map(({ step }) => ({ step, metric: 'loss', value: read[step]?.values[0] ?? Number.NaN }));
    },
    checkpoint: () => readTensors({ ...variables, ...slots() }),
    restore(tensors, done) {
      tf.tidy(() => {
        const made = Object.fromEntries(
          Object.entries(tensors).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape], 'float32')]),
        );
        for (const [name, variable] of Object.entries(variables)) {
          const saved = made[name];
          if (saved) variable.assign(saved);
        }
        restoreSlots(made, done);
      });
      steps = done;
    },
    dispose() {
      tf.dispose([Object.values(variables), unread.map(({ loss }) => loss)]);
      dispose();
    },
  };
}

/** Another batch at each step: points, and 1 where the product of their coordinates is positive. */
export function batchOf(steps: number, size = 17): { x: tf.Tensor2D; y: tf.Tensor2D } {
  const values = createRandom(3, 'points', steps).normals(2 * size);
  const y = Float32Array.from({ length: size }, (_, at) =>
    Number((values[2 * at] ?? 0) * (values[2 * at + 1] ?? 0) > 0),
  );
  return { x: tf.tensor2d(values, [size, 2]), y: tf.tensor2d(y, [size, 1]) };
}

export function logisticLoss(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  return tf.mean(tf.sub(tf.softplus(logits), tf.mul(targets, logits)));
}

/** A dense network with batch normalisation that keeps running means, and dropout from the seed. */
export function createClassifier(optimizerKind: OptimizerKind = 'adam', change: Partial<Changes> = {}): Network {
  const random = createRandom(1, 'weights');
  const variables = {
    weights1: tf.variable(heNormal([2, 9], random)),
    bias1: tf.variable(zeros([9])),
    gain: tf.variable(tf.tensor1d(new Float32Array(9).fill(1))),
    weights2: tf.variable(heNormal([9, 1], random)),
    runningMean: tf.variable(zeros([9]), false),
  };
  const { runningMean, ...learnt } = variables;
  const optimizer = createOptimizer(optimizerKind, learnt);
  const { rate = () => 0.01, noise, penalty } = change;
  return createNetwork({
    variables,
    slots: optimizer.state,
    restoreSlots: optimizer.restore,
    dispose: () => optimizer.dispose(),
    learn(steps) {
      const { x, y } = batchOf(steps);
      const level = noise === undefined ? undefined : tf.scalar(noise(steps));
      const { loss, gradients } = computeGradients(() => {
        const hidden = dense(x, learnt.weights1, learnt.bias1);
        const mean = tf.mean(hidden, 0);
        runningMean.assign(tf.add(tf.mul(runningMean, 0.9), tf.mul(mean, 0.1)));
        const centred = tf.sub(hidden, mean);
        const variance = tf.mean(tf.square(centred), 0);
        const normalised = tf.mul(learnt.gain, tf.div(centred, tf.sqrt(tf.add(variance, 1e-4))));
        const features = dropout(tf.tanh(normalised), 0.2, createRandom(1, 'dropout', steps));
        const logits = tf.matMul(features, learnt.weights2);
        const plain = logisticLoss(level ? tf.add(logits, level) : logits, y);
        return penalty ? tf.add(plain, tf.mul(tf.sum(tf.square(learnt.weights2)), penalty(steps))) : plain;
      }, learnt);
      optimizer.apply(gradients, rate(steps));
      return loss;
    },
  });
}

/** What may be another number at each step. */
interface Changes {
  rate(steps: number): number;
  /** Given to the step as a tensor. */
  noise(steps: number): number;
  /** Given to the step as a plain number. */
  penalty(steps: number): number;
}

/** A convolution, pooling and two dense layers, with biases and one activation throughout. */
export function createPictureNet(activation: Activation, pooling: Pooling = 'max'): Network {
  const random = createRandom(4, 'weights');
  const variables = {
    kernel: tf.variable(heNormal([3, 3, 1, 5], random)),
    kernelBias: tf.variable(tf.tensor1d(random.normals(5))),
    hidden: tf.variable(heNormal([45, 6], random)),
    hiddenBias: tf.variable(tf.tensor1d(random.normals(6))),
    output: tf.variable(heNormal([6, 1], random)),
  };
  const optimizer = createOptimizer('adam', variables);
  return createNetwork({
    variables,
    slots: optimizer.state,
    restoreSlots: optimizer.restore,
    dispose: () => optimizer.dispose(),
    learn(steps) {
      const x = tf.tensor4d(createRandom(4, 'pictures', steps).normals(7 * 49), [7, 7, 7, 1]);
      const { loss, gradients } = computeGradients(() => {
        const map = activate(conv2d(x, variables.kernel, variables.kernelBias), activation);
        const features = flatten(pool(map, pooling, 2));
        const hidden = activate(dense(features, variables.hidden, variables.hiddenBias), activation);
        return tf.mean(tf.square(tf.matMul(hidden, variables.output)));
      }, variables);
      optimizer.apply(gradients, 0.01);
      return loss;
    },
  });
}

/** Two players: the discriminator learns `turns` times, then the generator once. */
export function createPlayers(turns = 3): Network {
  const random = createRandom(2, 'weights');
  const generator = {
    generator1: tf.variable(heNormal([3, 8], random)),
    generator2: tf.variable(heNormal([8, 2], random)),
  };
  const discriminator = {
    discriminator1: tf.variable(heNormal([2, 8], random)),
    discriminator2: tf.variable(heNormal([8, 1], random)),
  };
  const optimizers = [createOptimizer('adam', generator), createOptimizer('rmsprop', discriminator)] as const;
  const layers = (x: tf.Tensor2D, one: tf.Tensor, two: tf.Tensor): tf.Tensor2D => {
    const hidden: tf.Tensor2D = tf.matMul(x, one);
    return tf.matMul(tf.leakyRelu(hidden, 0.2), two);
  };
  const judge = (x: tf.Tensor2D) => layers(x, discriminator.discriminator1, discriminator.discriminator2);
  const latent = (steps: number) => tf.tensor2d(createRandom(2, 'latent', steps).normals(17 * 3), [17, 3]);
  const generate = (z: tf.Tensor2D) => layers(z, generator.generator1, generator.generator2);
  return createNetwork({
    variables: { ...generator, ...discriminator },
    slots: () => Object.assign({}, ...optimizers.map((optimizer) => optimizer.state())) as Record<string, tf.Tensor>,
    restoreSlots: (state, steps) => {
      optimizers[0].restore(state, steps);
      optimizers[1].restore(state, turns * steps);
    },
    dispose: () => optimizers.forEach((optimizer) => optimizer.dispose()),
    learn(steps) {
      for (let turn = 0; turn < turns; turn += 1) {
        const fake = generate(latent(turns * steps + turn));
        const { x } = batchOf(turns * steps + turn);
        const { gradients } = computeGradients(
          () => tf.add(tf.mean(tf.softplus(tf.neg(judge(x)))), tf.mean(tf.softplus(judge(fake)))),
          discriminator,
        );
        optimizers[1].apply(gradients, 0.005);
      }
      const { loss, gradients } = computeGradients(
        () => tf.mean(tf.softplus(tf.neg(judge(generate(latent(turns * steps)))))),
        generator,
      );
      optimizers[0].apply(gradients, 0.005);
      return loss;
    },
  });
}
