// Convolutions as products of matrices, of which windows.ts gives the left factor.
import { finish } from './elementwise';
import { packPanels } from './gemm';
import { Floats, zero } from './memory';
import { tile } from './tile';
import { packPart, rowOfWindows, withMargin } from './windows';

/**
 * The convolution, with a bias, which may be null, and an activation.
 *
 * @param padded `paddedHeight paddedWidth channels` numbers, of which the windows fill all.
 * @param packed the kernel's size, with filters rounded up to 8.
 */
export function convolve(
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
  x: Floats,
  kernel: Floats,
  bias: Floats,
  activation: i32,
  alpha: f32,
  out: Floats,
  padded: Floats,
  packed: Floats,
): void {
  const paddedHeight = (outHeight - 1) * strideHeight + kernelHeight;
  const paddedWidth = (outWidth - 1) * strideWidth + kernelWidth;
  const length = kernelWidth * channels;
  const line = paddedWidth * channels;
  const depth = kernelHeight * length;
  for (let filter = 0; filter < filters; filter += 8) {
    const wide = min(8, filters - filter);
    packPart(depth, wide, kernel.at(filter), filters, 1, depth, 0, packed.at(filter * depth));
  }
  for (let image = 0; image < batch; image++) {
    withMargin(height, width, channels, x, top, left, paddedHeight, paddedWidth, padded);
    x = x.at(height * width * channels);
    for (let row = 0; row < outHeight; row++) {
      const windows = padded.at(row * strideHeight * line);
      rowOfWindows(
        outWidth,
        windows,
        strideWidth * channels,
        line,
        kernelHeight,
        length,
        packed,
        filters,
        out,
        filters,
      );
      finish(outWidth, filters, out, bias, activation, alpha);
      out = out.at(outWidth * filters);
    }
  }
}

/** About as many pixels as stay in the cache. */
const BLOCK_PIXELS = 256;

/**
 * The gradient of the convolution by its kernel: the depth of this product is the output's pixels, image after image.
 *
 * @param padded as for `convolve`.
 * @param packed one image's `gradient`, with filters rounded up to 8.
 */
export function convolutionKernelGradient(
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
  x: Floats,
  gradient: Floats,
  result: Floats,
  padded: Floats,
  packed: Floats,
): void {
  const paddedHeight = (outHeight - 1) * strideHeight + kernelHeight;
  const paddedWidth = (outWidth - 1) * strideWidth + kernelWidth;
  const line = paddedWidth * channels;
  const blockRows = max(1, BLOCK_PIXELS / outWidth);
  zero(kernelHeight * kernelWidth * channels * filters, result);
  for (let image = 0; image < batch; image++) {
    withMargin(height, width, channels, x, top, left, paddedHeight, paddedWidth, padded);
    x = x.at(height * width * channels);
    for (let row = 0; row < outHeight; row += blockRows) {
      const rows = min(blockRows, outHeight - row);
      const pixels = rows * outWidth;
      packPanels(pixels, filters, gradient, filters, 1, packed);
      gradient = gradient.at(pixels * filters);
      const windows = padded.at(row * strideHeight * line);
      addKernelGradient(
        kernelHeight,
        kernelWidth * channels,
        line,
        windows,
        strideWidth * channels,
        strideHeight * line,
        rows,
        outWidth,
        packed,
        filters,
        result,
      );
    }
  }
}

/** The share of some rows of outputs: of each number of a window with each filter. */
function addKernelGradient(
  runs: i32,
  length: i32,
  line: i32,
  windows: Floats,
  step: i32,
  rowStep: i32,
  rows: i32,
  pixels: i32,
  packed: Floats,
  filters: i32,
  result: Floats,
): void {
  const depth = runs * length;
  const jump = (<usize>(rowStep - pixels * step)) << 2;
  for (let filter = 0; filter < filters; filter += 8) {
    const panel = changetype<usize>(packed.at(filter * rows * pixels));
    const wide = min(8, filters - filter);
    for (let place = 0; place < depth; place += 4) {
      const last = depth - 1;
      tile(
        changetype<usize>(inWindow(windows, place, length, line)),
        changetype<usize>(inWindow(windows, min(place + 1, last), length, line)),
        changetype<usize>(inWindow(windows, min(place + 2, last), length, line)),
        changetype<usize>(inWindow(windows, min(place + 3, last), length, line)),
        (<usize>step) << 2,
        jump,
        panel,
        32,
        0,
        rows,
        pixels,
        result.at(place * filters + filter),
        filters,
        min(4, depth - place),
        wide,
        true,
      );
    }
  }
}

/** The number `place` of the first window. */
function inWindow(windows: Floats, place: i32, length: i32, line: i32): Floats {
  return windows.at((place / length) * line + (place % length));
}
