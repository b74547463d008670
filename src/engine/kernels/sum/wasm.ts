import * as tf from '@tensorflow/tfjs-core';
import type { SumAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

/** A tensor as `[outer, count, inner]`, of which `count` is summed over. */
interface Sizes {
  outer: number;
  count: number;
  inner: number;
}

/**
 * Sums and means over neighbouring axes, in several partial sums. tfjs's own turns the tensor round first, unless the
 * axes are the last ones; the gradient of every bias sums over the first.
 */
export const sums: readonly FasterKernel[] = [tf.Sum, tf.Mean].map((kernelName) => ({
  kernelName,
  canRun({ inputs, attrs }) {
    const { x } = inputs as { x: TensorInfo };
    return x.dtype === 'float32' && sizesOf(x.shape, (attrs as unknown as SumAttrs).axis) !== undefined;
  },
  kernelFunc({ inputs, attrs, backend }) {
    const { x } = inputs as { x: TensorInfo };
    const { axis, keepDims } = attrs as unknown as SumAttrs;
    const axes = tf.util.parseAxisParam(axis, x.shape);
    const [shape] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
    const outShape = keepDims ? tf.backend_util.expandShapeToKeepDim(shape, axes) : shape;
    const out = (backend as BackendWasm).makeOutput(outShape, 'float32');
    const { outer, count, inner } = sizesOf(x.shape, axis) as Sizes;
    runOwn('sumAlong', outer, count, inner, kernelName === tf.Mean ? count : 1, x, out);
    return out;
  },
}));

/** @returns undefined where an axis that stays lies between two that go, or nothing is to be summed. */
function sizesOf(shape: number[], axis: number | number[]): Sizes | undefined {
  const axes = tf.util.parseAxisParam(axis, shape);
  const [first, last] = axes.length === 0 ? [shape.length, -1] : [Math.min(...axes), Math.max(...axes)];
  const between = shape.slice(first, last + 1);
  const hasGap = between.some((size, index) => size !== 1 && !axes.includes(first + index));
  if (hasGap || tf.util.sizeFromShape(shape) === 0) return undefined;
  return {
    outer: tf.util.sizeFromShape(shape.slice(0, first)),
    count: tf.util.sizeFromShape(between),
    inner: tf.util.sizeFromShape(shape.slice(Math.max(first, last + 1))),
  };
}
