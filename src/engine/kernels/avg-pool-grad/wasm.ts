import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';
import { isPlainPool, poolSizes } from '#src/engine/kernels/pooling.ts';
import type { PoolAttributes } from '#src/engine/kernels/pooling.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'dy' | 'input', TensorInfo>;

/**
 * The gradient of average pooling: each input of a window gets an equal share of its output's gradient. At the border
 * of a padded input that is the share of what lies inside, as the forward pass has it; tfjs's own gradient is wrong
 * there.
 */
export const avgPoolGrad: FasterKernel = {
  kernelName: tf.AvgPoolGrad,
  // Margins given one by one are left to tfjs, whose tests demand its shares.
  canRun: ({ inputs, attrs }) => isPlainPool((inputs as Inputs).input) && !Array.isArray(attrs?.['pad']),
  kernelFunc({ inputs, attrs, backend }) {
    const { dy, input } = inputs as Inputs;
    const dx = (backend as BackendWasm).makeOutput(input.shape, 'float32');
    runOwn('averagePoolGradient', ...poolSizes(input.shape, attrs as unknown as PoolAttributes), dy, dx);
    return dx;
  },
};
