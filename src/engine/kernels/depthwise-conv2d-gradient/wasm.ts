import * as tf from '@tensorflow/tfjs-core';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';
import { sizesOf } from '#src/engine/kernels/convolution.ts';
import type { ConvolutionAttributes } from '#src/engine/kernels/convolution.ts';

type Shape4 = [number, number, number, number];
type Attributes = ConvolutionAttributes & { inputShape?: Shape4; filterShape?: Shape4 };
type Inputs = Record<'x' | 'dy' | 'filter', TensorInfo>;

/** The gradients of the depthwise convolution by its input and by its kernel, which tfjs's WASM backend lacks. */
export const depthwiseConv2dGradients: readonly KernelConfig[] = [
  {
    kernelName: tf.DepthwiseConv2dNativeBackpropInput,
    backendName: 'wasm',
    kernelFunc({ inputs, attrs, backend }) {
      const { dy, filter } = inputs as Inputs;
      const { inputShape = [0, 0, 0, 0], ...attributes } = attrs as unknown as Attributes;
      const dx = (backend as BackendWasm).makeOutput(inputShape, 'float32');
      runOwn('depthwiseGradient', ...sizes(inputShape, filter.shape, attributes), 1, dy, dx, filter);
      return dx;
    },
  },
  {
    kernelName: tf.DepthwiseConv2dNativeBackpropFilter,
    backendName: 'wasm',
    kernelFunc({ inputs, attrs, backend }) {
      const { x, dy } = inputs as Inputs;
      const { filterShape = [0, 0, 0, 0], ...attributes } = attrs as unknown as Attributes;
      const dw = (backend as BackendWasm).makeOutput(filterShape, 'float32');
      runOwn('depthwiseGradient', ...sizes(x.shape, filterShape, attributes), 0, dy, x, dw);
      return dw;
    },
  },
];

function sizes(image: readonly number[], kernel: readonly number[], attributes: ConvolutionAttributes): number[] {
  const { strides, pad, dimRoundingMode } = attributes;
  return sizesOf(
    tf.backend_util.computeConv2DInfo(image as Shape4, kernel as Shape4, strides, 1, pad, dimRoundingMode, true),
  );
}
