import { createRandom } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';

/** Pictures as bytes with their classes, all of one size. */
export interface Images {
  count: number;
  height: number;
  width: number;
  /** `[count, height, width]`, 0 to 255. */
  pixels: Uint8Array;
  /** `[count]` */
  labels: Uint8Array;
}

export interface ImageBatch {
  /** `[batch, height, width, 1]`, 0 to 1. */
  images: tf.Tensor4D;
  /** `[batch]`, int32. */
  labels: tf.Tensor1D;
}

/** The pictures with these numbers, as tensors that the caller disposes. */
export function imageBatch({ height, width, pixels, labels }: Images, chosen: ArrayLike<number>): ImageBatch {
  const size = height * width;
  const values = new Float32Array(chosen.length * size);
  const classes = new Int32Array(chosen.length);
  for (let place = 0; place < chosen.length; place++) {
    const example = chosen[place] ?? 0;
    for (let pixel = 0; pixel < size; pixel++) {
      values[place * size + pixel] = (pixels[example * size + pixel] ?? 0) / 255;
    }
    classes[place] = labels[example] ?? 0;
  }
  return {
    images: tf.tensor4d(values, [chosen.length, height, width, 1]),
    labels: tf.tensor1d(classes, 'int32'),
  };
}

/**
 * Which examples a step learns from: each epoch goes once through all of them in an order of its own; what fills no
 * whole batch at its end is left out. A pure function of seed and step, so a checkpoint need not hold it.
 *
 * @returns a function from the steps done to the numbers of the next batch's examples.
 */
export function createBatchOrder(count: number, batchSize: number, seed: number): (steps: number) => Uint32Array {
  const perEpoch = Math.floor(count / batchSize);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array(0);
  return (steps) => {
    const wanted = Math.floor(steps / perEpoch);
    if (wanted !== epoch) {
      epoch = wanted;
      order = createRandom(seed, 'order', epoch).shuffled(count);
    }
    const from = (steps % perEpoch) * batchSize;
    return order.subarray(from, from + batchSize);
  };
}
