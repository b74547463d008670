import { partOf } from '#src/nn/sequenceParts.ts';
import { isTracing, traceGradient, traceValue } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';

/** What a recurrent layer learns; u is its number of units, and one with g gates has kernels for each side by side. */
export interface RecurrentWeights {
  /** `[features, g u]`: what each gate sees of the input. */
  kernel: tf.Tensor;
  /** `[u, g u]`: what each gate sees of the hidden state before. */
  recurrent: tf.Tensor;
  /** `[g u]`; of a GRU `[2, g u]`. */
  bias: tf.Tensor;
}

/** A sequence, once the input's share of every gate is known for all time steps. */
export type SequenceInputs = Readonly<{
  /** `[batch, time, g u]`: input times kernel. */
  projected: tf.Tensor;
  recurrent: tf.Tensor;
  bias: tf.Tensor;
  /** `[batch, u]`: the hidden state before the first step; zeros without it. */
  hidden?: tf.Tensor;
  /** `[batch, u]`: the same of an LSTM's cells. */
  cell?: tf.Tensor;
}>;

export interface SequenceOutputs {
  /** `[batch, time, u]`: the hidden state after each step. */
  states: tf.Tensor;
  /** `[batch, time, parts u or more]`: gates and cells of each step side by side, if there are any. */
  inside?: tf.Tensor;
}

/** What the way back starts from. */
export type BackwardInputs = Omit<SequenceInputs, 'projected' | 'bias'> & Readonly<SequenceOutputs & { dy: tf.Tensor }>;

export interface SequenceGradients {
  projected: tf.Tensor;
  recurrent: tf.Tensor;
  bias: tf.Tensor;
  /** `[batch, time, u]` each: the gradient by a state through all that follows, in the network and in time. */
  through?: Readonly<Record<string, tf.Tensor>>;
}

export type Attributes = Readonly<Record<string, string>>;

/** A kind of recurrent layer in tfjs's operations, forward and backward. */
export interface Recurrence {
  /** Kernels that do the same in one call are registered as `<name>Sequence` and `<name>SequenceGrad`. */
  name: string;
  /** What `inside` holds, each `[batch, time, u]`, in its order. */
  parts: readonly string[];
  forward(inputs: SequenceInputs, attributes: Attributes): SequenceOutputs;
  backward(inputs: BackwardInputs, attributes: Attributes): SequenceGradients;
}

/**
 * The hidden states of a whole sequence, by the backend's own kernels where it has them. Gradients go to `projected`,
 * `recurrent` and `bias`; the state before the first step is a constant.
 *
 * A trace then holds `<name>/hiddenState`, each part as `<name>/<part>`, and the gradients through time by the states.
 *
 * @returns `[batch, time, u]`
 */
export function runSequence(
  recurrence: Recurrence,
  inputs: SequenceInputs,
  name: string,
  attributes: Attributes = {},
): tf.Tensor3D {
  const { forward, backward } = fastest(recurrence, inputs);
  const keys = Object.keys(inputs) as (keyof SequenceInputs)[];
  // Every tensor is an argument: one that a function encloses would be a constant of the recorded step.
  const layer = tf.customGrad((...args) => {
    const save = args.pop() as (tensors: tf.Tensor[]) => void;
    const { projected, bias, ...given } = named(keys, args as tf.Tensor[]) as SequenceInputs;
    const outputs = forward({ projected, bias, ...given }, attributes);
    traceParts(recurrence, outputs, name);
    const kept = { ...given, ...outputs };
    save(Object.values(kept));
    return {
      value: outputs.states,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const known = { ...named(Object.keys(kept), saved), dy } as BackwardInputs;
        const gradients = backward(known, attributes);
        if (isTracing()) {
          const { through = {} } = gradients.through ? gradients : recurrence.backward(known, attributes);
          for (const [state, gradient] of Object.entries(through)) traceGradient(`${name}/${state}`, gradient);
        }
        return keys.map((key) =>
          key === 'hidden' || key === 'cell' ? tf.zerosLike(known[key] as tf.Tensor) : gradients[key],
        );
      },
    };
  });
  return layer(...keys.map((key) => inputs[key] as tf.Tensor)) as tf.Tensor3D;
}

/** The memory that a workgroup of WebGPU surely has holds the gradients of the gates of so many units. */
const mostFusedUnits = 1024;

/** The backend's kernels, where it has them and they are not too wide for it; gradients through time are not theirs. */
export function fastest(
  recurrence: Recurrence,
  { recurrent }: SequenceInputs,
): Pick<Recurrence, 'forward' | 'backward'> {
  const kernel = `${recurrence.name}Sequence`;
  if ((recurrent.shape[0] ?? 0) > mostFusedUnits || !tf.hasKernel(kernel)) return recurrence;
  return {
    forward(inputs, attributes) {
      const [states, inside] = tf.runKernel(kernel, inputs, attributes) as [tf.Tensor, tf.Tensor?];
      return { states, ...(inside && { inside }) };
    },
    backward(inputs, attributes) {
      const gradients = tf.runKernel(`${kernel}Grad`, inputs, attributes) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return { projected: gradients[0], recurrent: gradients[1], bias: gradients[2] };
    },
  };
}

function named(keys: readonly string[], tensors: readonly tf.Tensor[]): Record<string, tf.Tensor | undefined> {
  return Object.fromEntries(keys.map((key, place) => [key, tensors[place]]));
}

function traceParts({ parts }: Recurrence, { states, inside }: SequenceOutputs, name: string): void {
  if (!isTracing()) return;
  traceValue(`${name}/hiddenState`, states);
  parts.forEach((part, place) => {
    if (inside) traceValue(`${name}/${part}`, partOf(inside, place, states.shape[2] ?? 0));
  });
}

/**
 * What each gate sees of the input, for all time steps at once.
 *
 * @param x `[batch, time, features]`; or `[batch, time]`, int32: numbers of symbols from 0 to features - 1, which means
 *   a row with a single 1 for each, and is much less work.
 * @returns `[batch, time, g u]`
 */
export function project(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  if (x.rank === 2) return tf.gather(kernel, x);
  const [batch = 0, time = 0, features = 0] = x.shape;
  const rows = tf.matMul(tf.reshape(x, [batch * time, features]), kernel);
  return tf.reshape(rows, [batch, time, kernel.shape[1] ?? 0]);
}

/** The state after the last step: of `[batch, time, u]` the last `[batch, u]`. */
export function lastState(states: tf.Tensor): tf.Tensor2D {
  const [batch = 0, time = 0, units = 0] = states.shape;
  return tf.reshape(tf.slice(states, [0, time - 1, 0], [batch, 1, units]), [batch, units]);
}
