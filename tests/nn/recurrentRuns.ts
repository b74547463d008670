/** Recurrent layers on the backend that runs, in Node or in a browser's page. */
import { computeGradients } from '#src/nn/gradients.ts';
import { gru } from '#src/nn/gru.ts';
import { glorotUniform } from '#src/nn/initializers.ts';
import { dense } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import { lstm } from '#src/nn/lstm.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { lastState } from '#src/nn/sequence.ts';
import { simpleRnn } from '#src/nn/simpleRnn.ts';
import { disposeTaps, recordTaps } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import { upstreamFor } from './recurrentCases.ts';
import { gatesOf, shapesOf } from './recurrentReference.ts';
import type { Given, Layer, Sequence } from './recurrentReference.ts';

export interface Found {
  states: number[];
  gradients: Record<'x' | 'kernel' | 'recurrent' | 'bias', number[]>;
  traced: { values: Record<string, number[]>; gradients: Record<string, number[]> };
}

/** A layer on the backend that runs: states, gradients of the states times `upstreamFor`, and what a trace holds. */
export async function run(layer: Layer, size: Sequence, given: Given, traced = false): Promise<Found> {
  const shapes = shapesOf(layer, size);
  const tensor = (name: keyof typeof shapes) => tf.tensor(Float32Array.from(given[name] ?? []), shapes[name]);
  const variables = {
    x: tf.variable(tensor('x')),
    kernel: tf.variable(tensor('kernel')),
    recurrent: tf.variable(tensor('recurrent')),
    bias: tf.variable(tensor('bias')),
  };
  const constants = tf.tidy(() => ({
    upstream: tf.tensor(Float32Array.from(upstreamFor(size)), [size.batch, size.time, size.units]),
    ...(given.hidden && { hidden: tensor('hidden') }),
    ...(given.cell && { cell: tensor('cell') }),
  }));
  const { x, ...weights } = variables;
  let states: tf.Tensor | undefined;
  const compute = () =>
    computeGradients(() => {
      const y = statesOf(layer, x, weights, constants.hidden, constants.cell);
      states = tf.keep(tf.clone(y));
      return tf.sum(tf.mul(y, constants.upstream));
    }, variables);
  const taps = traced ? recordTaps(compute) : { result: compute(), values: {}, gradients: {} };
  const { loss, gradients } = taps.result;
  const found = {
    states: await read(states),
    gradients: (await readAll(gradients)) as Found['gradients'],
    traced: { values: await readAll(taps.values), gradients: await readAll(taps.gradients) },
  };
  disposeTaps(taps);
  for (const container of [{ loss, ...(states && { states }) }, gradients, variables, constants]) tf.dispose(container);
  return found;
}

export function statesOf(
  layer: Layer,
  x: tf.Tensor,
  weights: { kernel: tf.Tensor; recurrent: tf.Tensor; bias: tf.Tensor },
  hidden: tf.Tensor | undefined,
  cell: tf.Tensor | undefined,
): tf.Tensor3D {
  const initial = hidden && { initial: hidden };
  if (layer === 'lstm') return lstm(x, weights, hidden && cell ? { initial: { hidden, cell } } : {}).states;
  if (layer === 'gru') return gru(x, weights, { ...initial }).states;
  return simpleRnn(x, weights, { activation: layer, ...initial }).states;
}

/**
 * Losses of a small network that learns to tell which of four symbols came first, after some that mean nothing.
 *
 * @returns one a step.
 */
export async function train(layer: Layer, steps: number): Promise<number[]> {
  const [batch, time, features, units] = [8, 6, 4, 10];
  const gates = gatesOf(layer);
  const random = createRandom(5, 'weights');
  const variables = {
    kernel: tf.variable(glorotUniform([features, gates * units], random)),
    recurrent: tf.variable(glorotUniform([units, gates * units], random)),
    bias: tf.variable(tf.zeros(layer === 'gru' ? [2, gates * units] : [gates * units])),
    out: tf.variable(glorotUniform([units, features], random)),
    offset: tf.variable(tf.zeros([features])),
  };
  const optimizer = createOptimizer('adam', variables);
  const losses: tf.Tensor[] = [];
  for (let step = 0; step < steps; step += 1) {
    const draw = createRandom(6, 'symbols', step);
    const symbols = Int32Array.from({ length: batch * time }, () => draw.integer(features));
    tf.tidy(() => {
      const x = tf.cast(tf.oneHot(tf.tensor2d(symbols, [batch, time], 'int32'), features), 'float32');
      const labels = tf.tensor1d(
        symbols.filter((_, index) => index % time === 0),
        'int32',
      );
      const { loss, gradients } = computeGradients(() => {
        const states = statesOf(layer, x, variables, undefined, undefined);
        return softmaxCrossEntropy(dense(lastState(states), variables.out, variables.offset), labels);
      }, variables);
      optimizer.apply(gradients, 0.01);
      losses.push(tf.keep(tf.clone(loss)));
    });
  }
  const found = await Promise.all(losses.map(async (loss) => (await loss.data())[0] ?? Number.NaN));
  optimizer.dispose();
  tf.dispose([...losses, ...Object.values(variables)]);
  return found;
}

async function readAll(tensors: Readonly<Record<string, tf.Tensor>>): Promise<Record<string, number[]>> {
  const entries = await Promise.all(Object.entries(tensors).map(async ([name, x]) => [name, await read(x)] as const));
  return Object.fromEntries(entries);
}

async function read(x: tf.Tensor | undefined): Promise<number[]> {
  return x === undefined ? [] : [...(await x.data())];
}
