import * as tf from '@tensorflow/tfjs-core';
import type { Conv2DBackpropFilterAttrs, Conv2DBackpropFilterInputs, KernelConfig } from '@tensorflow/tfjs-core';

/**
 * The gradient of a convolution by its kernel, which tfjs's WASM backend lacks (tensorflow/tfjs#8474), as a
 * convolution itself: each number of the kernel met the input at every output place, so its gradient is the sum over
 * those of input times gradient. Batch and channels change places: `x` as `[channels, height, width, batch]` is
 * convolved with `dy` as a kernel `[outHeight, outWidth, batch, filters]` whose rows and columns are a stride apart.
 */
export const conv2dBackpropFilter: KernelConfig = {
  kernelName: tf.Conv2DBackpropFilter,
  backendName: 'wasm',
  kernelFunc({ inputs, attrs }) {
    const { x, dy } = inputs as Conv2DBackpropFilterInputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const { strides, pad, filterShape } = attrs as unknown as Conv2DBackpropFilterAttrs;
    const [height, width, channels, filters] = filterShape;
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
    const { top, bottom, left, right } = info.padInfo;
    return tf.tidy(() => {
      const input = tf.transpose(x, [3, 1, 2, 0]);
      const kernel = tf.transpose(dy, [1, 2, 0, 3]);
      const margins: [[number, number], [number, number], [number, number], [number, number]] = [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ];
      const sums = tf.conv2d(input, kernel, 1, margins, 'NHWC', [info.strideHeight, info.strideWidth]);
      // Rows and columns of the input that no window of the stride reached give sums of no use.
      const used = tf.slice(sums, [0, 0, 0, 0], [channels, height, width, filters]);
      return tf.transpose(used, [1, 2, 0, 3]);
    });
  },
};
