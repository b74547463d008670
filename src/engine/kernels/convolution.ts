import { backend_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';

type ConvInfo = backend_util.Conv2DInfo;
type Shape4 = [number, number, number, number];

/** What every kernel of a convolution is told. */
export interface ConvolutionAttributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dilations?: [number, number] | number;
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Whether our kernels take it: channels last, windows without holes, float32 throughout. */
export function isPlainConvolution(attributes: ConvolutionAttributes, tensors: readonly TensorInfo[]): boolean {
  const { dilations = 1, dataFormat } = attributes;
  return (
    dataFormat === 'NHWC' &&
    [dilations].flat().every((dilation) => dilation === 1) &&
    tensors.every(({ dtype, shape }) => dtype === 'float32' && shape.length === 4 && util.sizeFromShape(shape) > 0)
  );
}

/** Sizes of the convolution of an image `[batch, height, width, channels]`. */
export function convolutionInfo(
  image: readonly number[],
  kernel: readonly number[],
  { strides, pad, dimRoundingMode }: ConvolutionAttributes,
): ConvInfo {
  return backend_util.computeConv2DInfo(image as Shape4, kernel as Shape4, strides, 1, pad, dimRoundingMode);
}

/** The numbers with which the calls of all three kernels begin. */
export function sizesOf(info: ConvInfo): number[] {
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
    info.outChannels,
  ];
}

/** Bytes of one image as far as windows reach. */
export function paddedBytes(info: ConvInfo): number {
  const height = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
  const width = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
  return 4 * height * width * info.inChannels;
}

/** Bytes of a matrix whose columns are filled up to whole panels of 8. */
export function packedBytes(rows: number, columns: number): number {
  return 4 * rows * (columns + 7);
}
