import * as tf from '@tensorflow/tfjs-core';
import type { KernelConfig, TensorInfo, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/**
 * The gradient of looking rows up in a table (an embedding), which tfjs's WASM backend lacks (tensorflow/tfjs#8082):
 * row `n` of the result is the sum of the rows of `x` whose segment id is `n`. An id that is no segment is left out.
 *
 * `x` is `[...segmentIds' shape, ...rest]`, the result `[numSegments, ...rest]`.
 */
export const unsortedSegmentSum: KernelConfig = {
  kernelName: tf.UnsortedSegmentSum,
  backendName: 'wasm',
  kernelFunc({ inputs, attrs, backend }) {
    const { x, segmentIds } = inputs as Record<'x' | 'segmentIds', TensorInfo>;
    const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
    const rest = x.shape.slice(segmentIds.shape.length);
    const wasm = backend as BackendWasm;
    const sums = wasm.makeOutput([numSegments, ...rest], 'float32');
    // Views only after the output is made: making it may move the heap.
    const rows = wasm.typedArrayFromHeap(x) as Float32Array;
    const ids = wasm.typedArrayFromHeap(segmentIds) as Int32Array;
    const out = wasm.typedArrayFromHeap(sums) as Float32Array;
    out.fill(0);
    const length = rest.reduce((product, size) => product * size, 1);
    ids.forEach((id, index) => {
      if (id < 0 || id >= numSegments) return;
      for (let offset = 0; offset < length; offset += 1) {
        out[id * length + offset] = (out[id * length + offset] ?? 0) + (rows[index * length + offset] ?? 0);
      }
    });
    return sums;
  },
};
