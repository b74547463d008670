import * as tf from '@tensorflow/tfjs-core';
import type { Conv2DBackpropInputAttrs, Conv2DBackpropInputInputs } from '@tensorflow/tfjs-core';
import type { FasterKernel } from './register.ts';

/**
 * The gradient of a convolution by its input, for stride 1, as the convolution of the gradient with the kernel turned
 * by 180°, channels and filters exchanged: several times as fast as tfjs's own loop, which other strides keep.
 */
export const conv2dBackpropInput: FasterKernel = {
  kernelName: tf.Conv2DBackpropInput,
  canRun({ attrs }) {
    const { strides, pad, dataFormat } = attrs as unknown as Conv2DBackpropInputAttrs;
    return dataFormat === 'NHWC' && typeof pad === 'string' && [strides].flat().every((stride) => stride === 1);
  },
  kernelFunc({ inputs, attrs }) {
    const { dy, filter } = inputs as Conv2DBackpropInputInputs as { dy: tf.Tensor4D; filter: tf.Tensor4D };
    const { pad, inputShape } = attrs as unknown as Conv2DBackpropInputAttrs;
    const { padInfo } = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, 1, 1, pad);
    const [height, width] = filter.shape;
    const margins: [[number, number], [number, number], [number, number], [number, number]] = [
      [0, 0],
      [height - 1 - padInfo.top, height - 1 - padInfo.bottom],
      [width - 1 - padInfo.left, width - 1 - padInfo.right],
      [0, 0],
    ];
    return tf.tidy(() => {
      const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
      return tf.conv2d(dy, turned, 1, margins);
    });
  },
};
