import * as tf from '@tensorflow/tfjs-core';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { convolutionInfo, packedBytes, paddedBytes, sizesOf } from '#src/engine/kernels/convolution.ts';
import type { ConvolutionAttributes } from '#src/engine/kernels/convolution.ts';
import { runOwn, scratch } from '#src/engine/kernels/heap.ts';

type Inputs = Record<'x' | 'dy', TensorInfo>;
type Attributes = ConvolutionAttributes & { filterShape: [number, number, number, number] };

/** The gradient of a convolution by its kernel, which tfjs's WASM backend lacks (tensorflow/tfjs#8474). */
export const conv2dBackpropFilter: KernelConfig = {
  kernelName: tf.Conv2DBackpropFilter,
  backendName: 'wasm',
  kernelFunc({ inputs, attrs, backend }) {
    const { x, dy } = inputs as Inputs;
    const attributes = attrs as unknown as Attributes;
    const info = convolutionInfo(x.shape, attributes.filterShape, attributes);
    const dw = (backend as BackendWasm).makeOutput(attributes.filterShape, 'float32');
    runOwn(
      'convolutionKernelGradient',
      ...sizesOf(info),
      x,
      dy,
      dw,
      scratch(paddedBytes(info)),
      scratch(packedBytes(info.outHeight * info.outWidth, info.outChannels)),
    );
    return dw;
  },
};
