import { computeGradients } from '#src/nn/gradients.ts';
import { activate } from '#src/nn/layers.ts';
import { readAndDispose } from '#src/nn/read.ts';
import type { RnnActivation } from '#src/nn/simpleRnn.ts';
import { disposeTaps, recordTaps, type Taps } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { View } from '#src/training/protocol.ts';
import type { Value, Values } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { cell, read } from './model.ts';
import { COMPARED, REACH, activations, spec } from './spec.ts';

export { spec };

const POINTS = 241;

/** The numbers are the reader's: there is nothing to load. */
export async function load(): Promise<undefined> {
  return undefined;
}

export function createTask(_data: unknown, hyperparameters: Values): Task {
  let values: Record<string, Value> = { ...hyperparameters };
  const number = (name: string) => Number(values[name]);
  const variables = {
    recurrent: tf.variable(tf.scalar(0)),
    kernel: tf.variable(tf.scalar(0)),
    bias: tf.variable(tf.scalar(0)),
    initialState: tf.variable(tf.scalar(0)),
  };
  const points = Float32Array.from({ length: POINTS }, (_, at) => REACH * ((2 * at) / (POINTS - 1) - 1));
  const grid = tf.tensor1d(points);
  let steps = 0;
  take();

  function take() {
    const given = {
      recurrent: number('recurrentWeight'),
      kernel: number('inputWeight'),
      bias: number('bias'),
      initialState: number('initialState'),
    };
    for (const [name, value] of Object.entries(given)) {
      const scalar = tf.scalar(value);
      variables[name as keyof typeof given].assign(scalar);
      scalar.dispose();
    }
  }

  /** The reader's inputs, then none. */
  const inputs = () =>
    Array.from({ length: COMPARED }, (_, time) => (time < number('inputCount') ? number(`input${time}`) : 0));

  /** The whole sequence with one activation function, forward, and the last state's gradient backward. */
  function recordSequence(activation: RnnActivation): Taps {
    return recordTaps(() => {
      const readAll = () =>
        read(
          variables,
          variables.initialState,
          inputs().map((x) => tf.scalar(x)),
          activation,
        );
      const { loss, gradients } = computeGradients(readAll, variables);
      tf.dispose([loss, gradients]);
    });
  }

  /** One time step alone: the gradient of its state by its sum is the slope of the activation function. */
  function recordCell(before: tf.Tensor, x: number, activation: RnnActivation): Taps {
    return recordTaps(() => {
      const { loss, gradients } = computeGradients(
        () => cell(variables, before, tf.scalar(x), activation, 0),
        variables,
      );
      tf.dispose([loss, gradients]);
    });
  }

  async function compute(view: View): Promise<NamedArrays> {
    const time = Math.min(Number(view['time'] ?? 0), number('inputCount') - 1);
    const chosen = values['activation'] as RnnActivation;
    const sequences = activations.map(recordSequence);
    const sequence = sequences[activations.indexOf(chosen)] as Taps;
    const before = time === 0 ? variables.initialState : (sequence.values[`h${time - 1}`] as tf.Tensor);
    const now = recordCell(before, inputs()[time] ?? 0, chosen);
    const alongTime = (named: (taps: Taps) => Taps['values']) =>
      tf.stack(
        sequences.map((taps) =>
          tf.stack(Array.from({ length: COMPARED }, (_, at) => named(taps)[`h${at}`] as tf.Tensor)),
        ),
      );
    const looked = tf.tidy(() => ({
      time: tf.scalar(time),
      before: tf.clone(before),
      x: tf.scalar(inputs()[time] ?? 0),
      recurrent: tf.clone(variables.recurrent),
      kernel: tf.clone(variables.kernel),
      bias: tf.clone(variables.bias),
      z: tf.clone(now.values['z0'] as tf.Tensor),
      h: tf.clone(now.values['h0'] as tf.Tensor),
      slope: tf.clone(now.gradients['z0'] as tf.Tensor),
      inputs: tf.tensor1d(inputs()),
      states: alongTime((taps) => taps.values),
      gradients: alongTime((taps) => taps.gradients),
      curve: activate(grid, chosen),
    }));
    for (const taps of [...sequences, now]) disposeTaps(taps);
    return readAndDispose(looked);
  }

  return {
    parameters: 3,
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
    snapshot: compute,
    async answer() {
      throw new RangeError('One cell has no question to answer.');
    },
    edit() {},
    setHyperparameters(changed) {
      values = { ...values, ...changed };
      take();
    },
    /** All is in the hyperparameters. */
    async checkpoint() {
      return {};
    },
    restore(_, done) {
      steps = done;
    },
    dispose() {
      tf.dispose([Object.values(variables), grid]);
    },
  };
}
