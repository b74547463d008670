import * as tf from '@tensorflow/tfjs-core';
import type { AvgPoolGradAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { forEachWindow, poolInfo } from '#src/engine/kernels/poolWindows.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'dy' | 'input', TensorInfo>;

/**
 * The gradient of average pooling, on tfjs's heap: each input of a window gets an equal share of its output's gradient.
 * At the border of a padded input that is the share of what lies inside, as the forward pass has it; tfjs's own
 * gradient is wrong there.
 */
export const avgPoolGrad: FasterKernel = {
  kernelName: tf.AvgPoolGrad,
  canRun: ({ inputs }) => (inputs as Inputs).input.shape.length === 4,
  kernelFunc({ inputs, attrs, backend }) {
    const { dy, input } = inputs as Inputs;
    const { filterSize, strides, pad } = attrs as unknown as AvgPoolGradAttrs;
    const info = poolInfo(input.shape, filterSize, strides, pad);
    const wasm = backend as BackendWasm;
    const dx = wasm.makeOutput(input.shape, 'float32');
    // Views only after the output is made: making it may move the heap.
    const gradient = wasm.typedArrayFromHeap(dy) as Float32Array;
    const out = wasm.typedArrayFromHeap(dx) as Float32Array;
    out.fill(0);
    const { inChannels: channels } = info;
    const rowLength = info.inWidth * channels;
    forEachWindow(info, (output, corner, rows, columns) => {
      const share = 1 / (rows * columns);
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const first = corner + row * rowLength + column * channels;
          for (let channel = 0; channel < channels; channel += 1) {
            out[first + channel] = (out[first + channel] ?? 0) + (gradient[output + channel] ?? 0) * share;
          }
        }
      }
    });
    return dx;
  },
};
