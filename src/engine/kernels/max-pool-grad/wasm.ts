import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';
import { isPlainPool, poolSizes } from '#src/engine/kernels/pooling.ts';
import type { PoolAttributes } from '#src/engine/kernels/pooling.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'dy' | 'input' | 'output', TensorInfo>;

/** The gradient of maximum pooling: each output's gradient goes to the first largest input of its window. */
export const maxPoolGrad: FasterKernel = {
  kernelName: tf.MaxPoolGrad,
  canRun: ({ inputs }) => isPlainPool((inputs as Inputs).input),
  kernelFunc({ inputs, attrs, backend }) {
    const { dy, input, output } = inputs as Inputs;
    const dx = (backend as BackendWasm).makeOutput(input.shape, 'float32');
    const sizes = poolSizes(input.shape, attrs as unknown as PoolAttributes);
    runOwn('maxPoolGradient', ...sizes, input, output, dy, dx);
    return dx;
  },
};
