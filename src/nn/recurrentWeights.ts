import { glorotUniform, orthogonal } from '#src/nn/initializers.ts';
import type { Random } from '#src/nn/random.ts';
import type { RecurrentWeights } from '#src/nn/sequence.ts';
import * as tf from '#src/nn/tf.ts';

/**
 * First weights of an LSTM; each is the caller's to put into a variable. Input weights are Glorot's, recurrent ones
 * orthogonal for each gate, biases 0 but that of the forget gate.
 *
 * @param features of the input, or the size of the vocabulary.
 * @param forgetBias at 1 the cells keep most of what they hold before anything is learnt.
 * @see Jozefowicz et al. 2015, section 2.2, for the forget gate's bias.
 */
export function lstmWeights(
  features: number,
  units: number,
  random: Random,
  { forgetBias = 1 }: { forgetBias?: number } = {},
): RecurrentWeights {
  const bias = new Float32Array(4 * units).fill(forgetBias, units, 2 * units);
  return { ...gateKernels(4, features, units, random), bias: tf.tensor1d(bias) };
}

/**
 * First weights of a GRU, as for an LSTM.
 *
 * @param updateBias of the update gate, whose 1 means keep: at 1 most of the state is kept at first.
 */
export function gruWeights(
  features: number,
  units: number,
  random: Random,
  { updateBias = 1 }: { updateBias?: number } = {},
): RecurrentWeights {
  const bias = new Float32Array(6 * units).fill(updateBias, 0, units);
  return { ...gateKernels(3, features, units, random), bias: tf.tensor2d(bias, [2, 3 * units]) };
}

/** First weights of a plain recurrent layer; its bias is 0. */
export function simpleRnnWeights(features: number, units: number, random: Random): RecurrentWeights {
  return { ...gateKernels(1, features, units, random), bias: tf.zeros([units]) };
}

/** Kernels of all gates side by side, each drawn by itself. */
function gateKernels(gates: number, features: number, units: number, random: Random) {
  const sideBySide = (draw: () => tf.Tensor) =>
    tf.tidy(() =>
      tf.concat(
        Array.from({ length: gates }, () => draw()),
        1,
      ),
    );
  return {
    kernel: sideBySide(() => glorotUniform([features, units], random)),
    recurrent: sideBySide(() => orthogonal([units, units], random)),
  };
}
