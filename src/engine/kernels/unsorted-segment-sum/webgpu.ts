import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'x' | 'segmentIds', TensorInfo>;

const WORKGROUP = 64;

/**
 * The gradient of looking rows up in a table, in the same order at each run: a thread a number of the result. tfjs's own
 * adds with atomic operations in whatever order threads come, so that the same seed gives other weights.
 */
export const unsortedSegmentSum: FasterKernel = {
  kernelName: tf.UnsortedSegmentSum,
  canRun: ({ inputs }) => (inputs as Inputs).x.dtype === 'float32',
  kernelFunc({ inputs, attrs, backend }) {
    const { x, segmentIds } = inputs as Inputs;
    const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
    const shape = [numSegments, ...x.shape.slice(segmentIds.shape.length)];
    const columns = tf.util.sizeFromShape(shape.slice(1));
    const flat = { ...x, shape: [tf.util.sizeFromShape(x.shape)] };
    const ids = { ...segmentIds, shape: [tf.util.sizeFromShape(segmentIds.shape)] };
    const sums = (backend as WebGPUBackend).runWebGPUProgram(
      createProgram(numSegments, columns),
      [flat, ids],
      'float32',
    );
    return { ...sums, shape };
  },
};

function createProgram(segments: number, columns: number): WebGPUProgram {
  return {
    shaderKey: 'unsorted-segment-sum',
    variableNames: ['x', 'ids'],
    outputShape: [segments, columns],
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: [0, 1] },
    dispatch: [Math.ceil((segments * columns) / WORKGROUP), 1, 1],
    getUserCode: () => `
      fn main(index : i32) {
        let columns = uniforms.outShape.y;
        if (index >= uniforms.outShape.x * columns) { return; }
        let segment = index / columns;
        let column = index % columns;
        var sum = 0.0;
        for (var place = 0; place < uniforms.idsShape; place++) {
          if (ids[place] == segment) { sum += x[place * columns + column]; }
        }
        result[index] = sum;
      }`,
  };
}
