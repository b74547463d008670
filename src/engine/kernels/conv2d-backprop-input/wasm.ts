import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { convolutionInfo, isPlainConvolution, packedBytes, sizesOf } from '#src/engine/kernels/convolution.ts';
import type { ConvolutionAttributes } from '#src/engine/kernels/convolution.ts';
import { runOwn, scratch } from '#src/engine/kernels/heap.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'dy' | 'filter', TensorInfo>;
type Attributes = ConvolutionAttributes & { inputShape: [number, number, number, number] };

/**
 * The gradient of a convolution by its input, which is also the transposed convolution, for every stride. tfjs's own
 * takes eight times as long as the convolution itself.
 */
export const conv2dBackpropInput: FasterKernel = {
  kernelName: tf.Conv2DBackpropInput,
  canRun({ inputs, attrs }) {
    const { dy, filter } = inputs as Inputs;
    const attributes = attrs as unknown as Attributes;
    if (!isPlainConvolution(attributes, [dy, filter])) return false;
    // tfjs allows a gradient larger than the convolution's output, and leaves the rest of it out.
    return String(convolutionInfo(attributes.inputShape, filter.shape, attributes).outShape) === String(dy.shape);
  },
  kernelFunc({ inputs, attrs, backend }) {
    const { dy, filter } = inputs as Inputs;
    const attributes = attrs as unknown as Attributes;
    const info = convolutionInfo(attributes.inputShape, filter.shape, attributes);
    const dx = (backend as BackendWasm).makeOutput(attributes.inputShape, 'float32');
    runOwn('convolveTransposed', ...sizesOf(info), dy, filter, dx, scratch(withMargins(info)), scratch(packed(info)));
    return dx;
  },
};

type ConvInfo = ReturnType<typeof convolutionInfo>;

/** Bytes of one image of the gradient with as many zeros around it as windows reach. */
function withMargins(info: ConvInfo): number {
  const { padInfo, filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const rows = Math.max(info.outHeight, Math.floor((info.inHeight - 1 + padInfo.top) / strideHeight) + 1);
  const columns = Math.max(info.outWidth, Math.floor((info.inWidth - 1 + padInfo.left) / strideWidth) + 1);
  const height = Math.floor((filterHeight - 1) / strideHeight) + rows;
  const width = Math.floor((filterWidth - 1) / strideWidth) + columns;
  return 4 * height * width * info.outChannels;
}

/** Bytes of the kernel, filters as rows. */
function packed({ filterHeight, filterWidth, inChannels, outChannels }: ConvInfo): number {
  return packedBytes(filterHeight * filterWidth * outChannels, inChannels);
}
