import * as tf from '@tensorflow/tfjs-core';
// After tfjs itself, whose settings it reads.
import '@tensorflow/tfjs-core/dist/register_all_gradients';

/**
 * Whether the backend that runs computes what it should: one forward and backward pass of a network with a
 * convolution, ReLU, pooling and a matrix product, in small whole numbers, which every float format holds exactly.
 */
export async function computesCorrectly(): Promise<boolean> {
  const found = await selfTestValues();
  return selfTestExpected.every((expected, index) => Math.abs((found[index] ?? Number.NaN) - expected) < 1e-3);
}

/** The loss, and the gradients by kernel `[2, 2, 1, 1]`, weights `[4, 2]` and input `[1, 4, 4, 1]`, in one row. */
export const selfTestExpected: readonly number[] = [
  173, 76, -24, 88, 42, 208, -32, 208, -32, 0, 0, 338, -52, 18, -36, 0, 0, 54, -18, -30, 60, 0, 0, -90, 64, 0, 0, 0,
  102,
];

export const selfTestInput = {
  x: [4, 2, 3, 1, 4, 4, 1, 2, 1, 1, 4, 1, 0, 3, 4, 4],
  kernel: [1, -2, 3, -1],
  weights: [1, 2, -1, 1, 2, 0, 1, -2],
};

export async function selfTestValues(): Promise<number[]> {
  const row = tf.tidy(() => {
    const inputs = [
      tf.tensor4d(selfTestInput.kernel, [2, 2, 1, 1]),
      tf.tensor2d(selfTestInput.weights, [4, 2]),
      tf.tensor4d(selfTestInput.x, [1, 4, 4, 1]),
    ];
    const { value, grads } = tf.valueAndGrads(loss)(inputs);
    return tf.concat([value, ...grads].map((tensor) => tf.reshape(tensor, [tensor.size])));
  });
  const values = await row.data();
  row.dispose();
  return [...values];
}

function loss(kernel: tf.Tensor, weights: tf.Tensor, x: tf.Tensor): tf.Scalar {
  const z = tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same');
  const pooled = tf.maxPool(tf.relu(z), 2, 2, 'valid');
  const outputs = tf.matMul(tf.reshape(pooled, [1, 4]), weights);
  return tf.sum(tf.square(outputs));
}
