import type { Gradients, Variables } from '#src/nn/gradients.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArrays } from '#src/training/journal.ts';

/** One of the measured networks with its optimizer, written as the book writes networks. */
export interface Workload {
  /** One whole training step: the batch goes in, the loss, its gradients, the update. Nothing is read back. */
  step(): void;
  /**
   * Losses of the steps since the last call, each at the weights before its update, but of 16 steps at most; of a GAN the
   * sums of both players' losses.
   */
  readLosses(): Promise<number[]>;
  checkpoint(): Promise<NamedArrays>;
  restore(tensors: NamedArrays, steps: number): void;
  dispose(): void;
}

/** What an implementation of Adam must offer to be measured. */
export interface Updater {
  apply(gradients: Gradients): void;
  state(): Record<string, tf.Tensor>;
  restore(state: Readonly<Record<string, tf.Tensor>>, steps: number): void;
  dispose(): void;
}

/** The parts that the book has of its own, and that the baseline writes in tfjs alone. */
export interface Pieces {
  createAdam(variables: Variables, learningRate: number): Updater;
  /**
   * A whole sequence through an LSTM that starts at 0; gates in the order input, forget, cell, output.
   *
   * @param x `[batch, time, features]`, or numbers of symbols, `[batch, time]` of int32: the rows of `kernel` to look up
   * @param kernel `[features, 4 * units]`
   * @param recurrent `[units, 4 * units]`
   * @param bias `[4 * units]`
   * @returns hidden states `[batch, time, units]`
   */
  lstm(x: tf.Tensor, kernel: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor): tf.Tensor3D;
}

/** The mean of -log p over examples with target 1 and of -log(1 - p) over those with 0, p the sigmoid of the logit. */
export function sigmoidCrossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  return tf.mean(tf.sub(tf.softplus(logits), tf.mul(targets, logits)));
}
