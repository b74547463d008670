import type { Gradients, Variables } from '#src/nn/gradients.ts';
import type * as tf from '#src/nn/tf.ts';
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

/** What networks are made of: as the book has it (`own`), and as one writes it in tfjs alone (`stock`). */
export interface Pieces {
  createAdam(variables: Variables, learningRate: number): Updater;
  /** `[batch, features]` to `[batch, units]` */
  dense(x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor): tf.Tensor2D;
  /** `[batch, height, width, channels]` to `[batch, …, filters]` */
  convolve(x: tf.Tensor4D, kernel: tf.Tensor, bias: tf.Tensor, stride: number, padding: Padding): tf.Tensor4D;
  /** A transposed convolution that doubles height and width. */
  widen(x: tf.Tensor4D, kernel: tf.Tensor, bias: tf.Tensor): tf.Tensor4D;
  activate<T extends tf.Tensor>(x: T, kind: 'relu' | 'leakyRelu' | 'tanh'): T;
  /** The largest of each two by two. */
  pool(x: tf.Tensor4D): tf.Tensor4D;
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
  softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor): tf.Scalar;
  /** Targets are 0 or 1, of the logits' shape. */
  sigmoidCrossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar;
}

export type Padding = 'same' | 'valid';
