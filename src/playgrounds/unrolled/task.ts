import { spectralRadius } from '#src/math/spectralRadius.ts';
import { clipByGlobalNorm } from '#src/nn/clip.ts';
import { glorotUniform, orthogonal } from '#src/nn/initializers.ts';
import { createRandom } from '#src/nn/random.ts';
import { readAndDispose } from '#src/nn/read.ts';
import { disposeTaps, recordTaps, type Taps } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import type { Value, Values } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { backpropagate, descend, lossOf, unroll, type Activation } from './model.ts';
import { FEATURES, LONGEST, spec } from './spec.ts';

export { spec };

/** Weights and inputs are drawn from the seed: there is nothing to load. */
export async function load(): Promise<undefined> {
  return undefined;
}

export function createTask(_data: unknown, hyperparameters: Values, seed: number): Task {
  let values: Record<string, Value> = { ...hyperparameters };
  const number = (name: string) => Number(values[name]);
  const units = number('stateSize');
  const random = (stream: string) => createRandom(seed, stream);
  const matrices = {
    random: randomMatrix(units, seed),
    orthogonal: orthogonal([units, units], random('orthogonal')),
  };
  const weights = {
    kernel: tf.variable(glorotUniform([FEATURES, units], random('kernel'))),
    recurrent: tf.variable(tf.zeros([units, units])),
    bias: tf.variable(tf.zeros([units])),
  };
  const noise = tf.tensor2d(random('inputs').normals(LONGEST * FEATURES), [LONGEST, FEATURES]);
  const way = unitVector(units, seed);
  let steps = 0;
  take();

  /** The recurrent weights that have the spectral radius asked for; those in store have 1. */
  function take() {
    const matrix = matrices[values['recurrentMatrix'] as keyof typeof matrices];
    const scaled = tf.mul(matrix, number('spectralRadius'));
    weights.recurrent.assign(scaled);
    scaled.dispose();
  }

  /** Forward, backward, and forward again after one step with the gradient as it is and one with it clipped. */
  function compute() {
    const activation = values['activation'] as Activation;
    const inputs = tf.mul(tf.slice(noise, 0, number('unrolledSteps')), number('inputScale'));
    const sequence = tf.split(inputs, number('unrolledSteps'));
    const from = unroll(weights, sequence, activation).at(-1) as tf.Tensor;
    const target = { from, way };
    const taps = recordTaps(() => backpropagate(weights, sequence, activation, target));
    const { loss, gradients } = taps.result;
    const clipped = clipByGlobalNorm(gradients, number('clipNorm'));
    const lossAfter = (by: typeof gradients) =>
      lossOf(unroll(descend(weights, by, number('learningRate')), sequence, activation), target);
    const along = (named: Taps['values']) => tf.concat(sequence.map((_, time) => named[`h${time}`] as tf.Tensor));
    const tensors = {
      inputs,
      ...weights,
      states: along(taps.values),
      stateGradients: along(taps.gradients),
      loss,
      plainLoss: lossAfter(gradients),
      clippedLoss: lossAfter(clipped.gradients),
      weightNorm: clipped.norm,
    };
    disposeTaps(taps);
    return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)]));
  }

  async function snapshot(): Promise<NamedArrays> {
    const read = await readAndDispose(tf.tidy(compute));
    const { weightNorm, stateGradients } = read;
    const norm = weightNorm?.values[0] ?? Number.NaN;
    const clipFactor = Math.min(1, number('clipNorm') / norm);
    return {
      ...read,
      norms: normsOf(stateGradients),
      clipFactor: { shape: [], values: Float32Array.of(clipFactor) },
    };
  }

  return {
    parameters: FEATURES * units + units * units + units,
    get steps() {
      return steps;
    },
    /** Nothing is learnt: a step only counts. */
    async step() {
      steps += 1;
      return undefined;
    },
    async readMetrics() {
      return [];
    },
    isEvaluationDue: () => false,
    async evaluate() {
      return [];
    },
    snapshot,
    async answer() {
      throw new RangeError('An unrolled layer has no question to answer.');
    },
    edit() {},
    setHyperparameters(changed) {
      values = { ...values, ...changed };
      take();
    },
    /** All is in the seed and the hyperparameters. */
    async checkpoint() {
      return {};
    },
    restore(_, done) {
      steps = done;
    },
    dispose() {
      tf.dispose([Object.values(weights), Object.values(matrices), noise, way]);
    },
  };
}

/** Normally distributed, of spectral radius 1. */
function randomMatrix(units: number, seed: number): tf.Tensor2D {
  const values = createRandom(seed, 'recurrent').normals(units * units);
  const radius = spectralRadius(values);
  return tf.tensor2d(
    values.map((value) => value / radius),
    [units, units],
  );
}

function unitVector(units: number, seed: number): tf.Tensor2D {
  const values = createRandom(seed, 'way').normals(units);
  const length = Math.hypot(...values);
  return tf.tensor2d(
    values.map((value) => value / length),
    [1, units],
  );
}

/** The length of each row: in float64, where the square of no float32 is too large or too small. */
function normsOf(rows: NamedArray | undefined): NamedArray {
  const [count = 0, width = 0] = rows?.shape ?? [];
  const norm = (_: unknown, row: number) =>
    Math.hypot(...(rows?.values.subarray(row * width, (row + 1) * width) ?? []));
  return { shape: [count], values: Float32Array.from({ length: count }, norm) };
}
