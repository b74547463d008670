import * as core from '@tensorflow/tfjs-core';
import { startBackend } from '#src/engine/backends.ts';
import { computeGradients } from '#src/nn/gradients.ts';
import { glorotUniform } from '#src/nn/initializers.ts';
import { dense } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';
import type { BackendName } from '#src/training/protocol.ts';
import { givenFor } from '../nn/recurrentCases.ts';
import { gatesOf } from '../nn/recurrentReference.ts';
import type { Layer, Sequence } from '../nn/recurrentReference.ts';
import { runBoth } from '../nn/recurrentNetwork.ts';
import { run, statesOf, train as trainSmall } from '../nn/recurrentRuns.ts';
import type { Found } from '../nn/recurrentRuns.ts';
import { countPrograms } from './countPrograms.ts';

export interface OnBackend extends Found {
  backend: string;
  hasKernels: boolean;
  /** Buffers there are more than before, after everything is disposed. */
  left: number;
}

/** A layer's states, gradients and trace on a backend. */
export async function compute(
  backend: BackendName,
  layer: Layer,
  size: Sequence,
  withState: boolean,
): Promise<OnBackend> {
  const { name } = await startBackend(backend);
  const kernel = { lstm: 'Lstm', gru: 'Gru', tanh: 'SimpleRnn', relu: 'SimpleRnn', sigmoid: 'SimpleRnn' }[layer];
  const hasKernels = tf.hasKernel(`${kernel}Sequence`) && tf.hasKernel(`${kernel}SequenceGrad`);
  const before = core.memory().numDataBuffers;
  const found = await run(layer, size, givenFor(layer, size, { withState }), true);
  return { ...found, backend: name, hasKernels, left: core.memory().numDataBuffers - before };
}

/** A layer's states alone, and its gradients. */
export async function computeWide(backend: BackendName, layer: Layer, size: Sequence): Promise<number[][]> {
  await startBackend(backend);
  const { states, gradients } = await run(layer, size, givenFor(layer, size));
  return [states, ...Object.values(gradients)];
}

/** What one step of training costs a backend. */
export interface Cost {
  kernelCalls: number;
  /** Dispatches of WebGPU or draws of WebGL. */
  programs: number;
}

/** A step of a network that reads 64 symbols, 32 sequences of 40, with 64 units, and predicts a symbol after each. */
export async function costOfStep(backend: BackendName, layer: Layer): Promise<Cost> {
  await startBackend(backend);
  const [batch, time, symbols, units] = [32, 40, 64, 64];
  const gates = gatesOf(layer);
  const random = createRandom(1, 'weights');
  const variables = {
    kernel: tf.variable(glorotUniform([symbols, gates * units], random)),
    recurrent: tf.variable(glorotUniform([units, gates * units], random)),
    bias: tf.variable(tf.zeros(layer === 'gru' ? [2, gates * units] : [gates * units])),
    out: tf.variable(glorotUniform([units, symbols], random)),
    offset: tf.variable(tf.zeros([symbols])),
  };
  const optimizer = createOptimizer('adam', variables);
  const numbers = Int32Array.from({ length: batch * time }, () => random.integer(symbols));
  const x = tf.cast(tf.oneHot(tf.tensor2d(numbers, [batch, time], 'int32'), symbols), 'float32');
  const labels = tf.tensor1d(numbers, 'int32');
  const step = () => {
    tf.tidy(() => {
      const { gradients } = computeGradients(() => {
        const states = statesOf(layer, x, variables, undefined, undefined);
        const rows = tf.reshape(states, [batch * time, units]);
        return softmaxCrossEntropy(dense(rows as tf.Tensor2D, variables.out, variables.offset), labels);
      }, variables);
      optimizer.apply(gradients, 0.01);
    });
  };
  step();
  const { kernels } = await core.profile(step);
  return { kernelCalls: kernels.length, programs: countPrograms(step) };
}

/** Losses of a small network, one a step. */
export async function train(backend: BackendName, layer: Layer, steps: number): Promise<number[]> {
  await startBackend(backend);
  return trainSmall(layer, steps);
}

/** Some steps of every recurrent layer as they are, and by a program: whether the numbers are the same bits. */
export async function replay(backend: BackendName, steps: number): Promise<{ end: string; isEqual: boolean }> {
  await startBackend(backend);
  const { plain, replayed, end } = await runBoth(steps);
  return { end: end.state, isEqual: JSON.stringify(numbersOf(plain)) === JSON.stringify(numbersOf(replayed)) };
}

function numbersOf({ losses, checkpoint }: Awaited<ReturnType<typeof runBoth>>['plain']): unknown {
  return [losses, Object.entries(checkpoint).map(([name, { values }]) => [name, [...values]])];
}

/** The gradient by a table's rows that were looked up, some of them often, some never. */
export async function lookUpGradient(backend: BackendName): Promise<number[]> {
  await startBackend(backend);
  const random = createRandom(4, 'look up');
  const numbers = Int32Array.from({ length: 3000 }, () => Math.min(random.integer(9), 6));
  const upstream = tf.tensor(random.normals(3000 * 5), [300, 10, 5]);
  const symbols = tf.tensor2d(numbers, [300, 10], 'int32');
  const gradient = core.grad((table) => tf.sum(tf.mul(tf.gather(table, symbols), upstream)))(tf.zeros([8, 5]));
  return [...(await gradient.data())];
}
