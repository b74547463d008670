import * as tf from '@tensorflow/tfjs-core';
import type { KernelConfig, TensorInfo, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';

type Inputs = Record<'x' | 'segmentIds', TensorInfo>;

/**
 * The gradient of looking rows up in a table (an embedding), which tfjs's WASM backend lacks (tensorflow/tfjs#8082):
 * row `n` of the result is the sum of the rows of `x` whose segment id is `n`. An id that is no segment is left out.
 *
 * `x` is `[...segmentIds' shape, ...rest]`, float32, the result `[numSegments, ...rest]`.
 */
export const unsortedSegmentSum: KernelConfig = {
  kernelName: tf.UnsortedSegmentSum,
  backendName: 'wasm',
  kernelFunc({ inputs, attrs, backend }) {
    const { x, segmentIds } = inputs as Inputs;
    const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
    const rest = x.shape.slice(segmentIds.shape.length);
    const sums = (backend as BackendWasm).makeOutput([numSegments, ...rest], 'float32');
    const rows = tf.util.sizeFromShape(segmentIds.shape);
    runOwn('segmentSum', rows, tf.util.sizeFromShape(rest), numSegments, x, segmentIds, sums);
    return sums;
  },
};
