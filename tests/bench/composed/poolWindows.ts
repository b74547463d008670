import { backend_util } from '@tensorflow/tfjs-core';

type PoolInfo = ReturnType<typeof backend_util.computePool2DInfo>;
type Pool2D = typeof backend_util.computePool2DInfo;

/** Sizes of a pooling of `[batch, height, width, channels]`; throws for another rank. */
export function poolInfo(
  shape: readonly number[],
  filterSize: Parameters<Pool2D>[1],
  strides: Parameters<Pool2D>[2],
  pad: Parameters<Pool2D>[4],
  rounding?: Parameters<Pool2D>[5],
): PoolInfo {
  return backend_util.computePool2DInfo(shape as Parameters<Pool2D>[0], filterSize, strides, 1, pad, rounding);
}

/**
 * Calls `visit` for each window in the order of the outputs.
 *
 * @param visit takes the offsets, in `[batch, height, width, channels]`, of the output's first channel and of the first
 *   channel at the window's upper left, and how many rows and columns of the window lie inside the input.
 */
export function forEachWindow(
  info: PoolInfo,
  visit: (output: number, corner: number, rows: number, columns: number) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  let output = 0;
  for (let image = 0; image < batchSize; image += 1) {
    for (let y = 0; y < outHeight; y += 1) {
      const top = y * info.strideHeight - padInfo.top;
      const firstRow = Math.max(0, top);
      const rows = Math.min(inHeight, top + info.filterHeight) - firstRow;
      for (let x = 0; x < outWidth; x += 1, output += inChannels) {
        const left = x * info.strideWidth - padInfo.left;
        const firstColumn = Math.max(0, left);
        const columns = Math.min(inWidth, left + info.filterWidth) - firstColumn;
        visit(output, ((image * inHeight + firstRow) * inWidth + firstColumn) * inChannels, rows, columns);
      }
    }
  }
}
