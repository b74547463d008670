import { backend_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** What the gradients of pooling are told. */
export interface PoolAttributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Whether our kernels take it: float32, `[batch, height, width, channels]`, not empty. */
export function isPlainPool({ dtype, shape }: TensorInfo): boolean {
  return dtype === 'float32' && shape.length === 4 && util.sizeFromShape(shape) > 0;
}

/** The numbers with which the calls of both kernels begin. */
export function poolSizes(
  shape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
): number[] {
  const image = shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(image, filterSize, strides, 1, pad, dimRoundingMode);
  return [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
    info.outHeight,
    info.outWidth,
  ];
}
