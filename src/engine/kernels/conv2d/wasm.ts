import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  convolutionInfo,
  isPlainConvolution,
  packedBytes,
  paddedBytes,
  sizesOf,
} from '#src/engine/kernels/convolution.ts';
import type { ConvolutionAttributes } from '#src/engine/kernels/convolution.ts';
import { runOwn, scratch } from '#src/engine/kernels/heap.ts';
import { fusableActivation } from '#src/engine/kernels/operations.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

interface Inputs {
  x: TensorInfo;
  filter: TensorInfo;
  bias?: TensorInfo;
}

type Attributes = ConvolutionAttributes & { activation?: string; leakyreluAlpha?: number };

/** The convolution, alone or with a bias and an activation: equal to the three after one another to the last bit. */
export const conv2d: readonly FasterKernel[] = [tf.Conv2D, tf.FusedConv2D].map((kernelName) => ({
  kernelName,
  canRun({ inputs, attrs }) {
    const { x, filter, bias } = inputs as unknown as Inputs;
    const { activation = 'linear', ...attributes } = attrs as unknown as Attributes;
    const isPlain = isPlainConvolution(attributes, [x, filter]) && (bias ?? x).dtype === 'float32';
    return isPlain && fusableActivation(activation) !== undefined;
  },
  kernelFunc({ inputs, attrs, backend }) {
    const { x, filter, bias } = inputs as unknown as Inputs;
    const { activation = 'linear', leakyreluAlpha, ...attributes } = attrs as unknown as Attributes;
    if (bias && String(bias.shape) !== String(filter.shape[3])) {
      return oneAfterAnother(inputs as unknown as Inputs, attrs as unknown as Attributes);
    }
    const info = convolutionInfo(x.shape, filter.shape, attributes);
    const out = (backend as BackendWasm).makeOutput(info.outShape, 'float32');
    runOwn(
      'convolve',
      ...sizesOf(info),
      x,
      filter,
      bias ?? null,
      fusableActivation(activation) ?? 0,
      leakyreluAlpha ?? 0,
      out,
      scratch(paddedBytes(info)),
      scratch(packedBytes(info.filterHeight * info.filterWidth * info.inChannels, info.outChannels)),
    );
    return out;
  },
}));

const activations: Readonly<Record<string, (x: tf.Tensor, alpha?: number) => tf.Tensor>> = {
  relu: tf.relu,
  relu6: tf.relu6,
  sigmoid: tf.sigmoid,
  leakyrelu: tf.leakyRelu,
};

/** With a bias that is no row of filters, which neither our kernel nor tfjs's own takes. */
function oneAfterAnother({ x, filter, bias }: Inputs, { activation = 'linear', leakyreluAlpha, ...rest }: Attributes) {
  return tf.tidy(() => {
    const { strides, pad, dimRoundingMode } = rest;
    const [image, kernel] = [x as tf.Tensor4D, filter as tf.Tensor4D];
    const sum = tf.add(tf.conv2d(image, kernel, strides, pad, 'NHWC', 1, dimRoundingMode), bias as tf.Tensor);
    return activations[activation]?.(sum, leakyreluAlpha) ?? sum;
  });
}
