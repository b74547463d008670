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
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'x' | 'filter', TensorInfo>;

/** The convolution, windows read where they lie. */
export const conv2d: FasterKernel = {
  kernelName: tf.Conv2D,
  canRun({ inputs, attrs }) {
    const { x, filter } = inputs as Inputs;
    return isPlainConvolution(attrs as unknown as ConvolutionAttributes, [x, filter]);
  },
  kernelFunc({ inputs, attrs, backend }) {
    const { x, filter } = inputs as Inputs;
    const info = convolutionInfo(x.shape, filter.shape, attrs as unknown as ConvolutionAttributes);
    const out = (backend as BackendWasm).makeOutput(info.outShape, 'float32');
    runOwn(
      'convolve',
      ...sizesOf(info),
      x,
      filter,
      null,
      0,
      0,
      out,
      scratch(paddedBytes(info)),
      scratch(packedBytes(info.filterHeight * info.filterWidth * info.inChannels, info.outChannels)),
    );
    return out;
  },
};
