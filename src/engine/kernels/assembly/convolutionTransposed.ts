import { Floats, zero } from './memory';
import { packPart, rowOfWindows, withMargin } from './windows';

/**
 * The gradient of the convolution by its input, which is also the transposed convolution. Inputs whose places agree
 * modulo the stride meet the same part of the kernel: each such phase is a convolution, of stride 1, of the gradient
 * with that part turned by 180°, channels and filters exchanged.
 *
 * @param padded `(outHeight + 2 kernelHeight + height) (outWidth + 2 kernelWidth + width) filters` numbers are enough.
 * @param packed the kernel's size, with channels rounded up to 8.
 */
export function convolveTransposed(
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
  gradient: Floats,
  kernel: Floats,
  result: Floats,
  padded: Floats,
  packed: Floats,
): void {
  const marginTop = (kernelHeight - 1) / strideHeight;
  const marginLeft = (kernelWidth - 1) / strideWidth;
  const paddedHeight = marginTop + max(outHeight, (height - 1 + top) / strideHeight + 1);
  const paddedWidth = marginLeft + max(outWidth, (width - 1 + left) / strideWidth + 1);
  const line = paddedWidth * filters;
  packTurned(kernelHeight, kernelWidth, channels, filters, strideHeight, strideWidth, kernel, packed);
  for (let image = 0; image < batch; image++) {
    withMargin(outHeight, outWidth, filters, gradient, marginTop, marginLeft, paddedHeight, paddedWidth, padded);
    gradient = gradient.at(outHeight * outWidth * filters);
    if (strideHeight > kernelHeight || strideWidth > kernelWidth) zero(height * width * channels, result);
    let part = packed;
    for (let phaseY = 0; phaseY < min(strideHeight, kernelHeight); phaseY++) {
      const runs = (kernelHeight - 1 - phaseY) / strideHeight + 1;
      const firstY = (top - phaseY + strideHeight - 1) / strideHeight;
      const firstRow = phaseY - top + firstY * strideHeight;
      for (let phaseX = 0; phaseX < min(strideWidth, kernelWidth); phaseX++) {
        const columns = (kernelWidth - 1 - phaseX) / strideWidth + 1;
        const firstX = (left - phaseX + strideWidth - 1) / strideWidth;
        const firstColumn = phaseX - left + firstX * strideWidth;
        const pixels = (width - 1 - firstColumn + strideWidth) / strideWidth;
        let y = firstY + marginTop + 1 - runs;
        for (let row = firstRow; row < height; row += strideHeight, y++) {
          rowOfWindows(
            pixels,
            padded.at(y * line + (firstX + marginLeft + 1 - columns) * filters),
            filters,
            line,
            runs,
            columns * filters,
            part,
            channels,
            result.at((row * width + firstColumn) * channels),
            strideWidth * channels,
          );
        }
        part = part.at(runs * columns * filters * ((channels + 7) & ~7));
      }
    }
    result = result.at(height * width * channels);
  }
}

/** The kernel for `convolveTransposed`, phase after phase. */
function packTurned(
  kernelHeight: i32,
  kernelWidth: i32,
  channels: i32,
  filters: i32,
  strideHeight: i32,
  strideWidth: i32,
  kernel: Floats,
  packed: Floats,
): void {
  for (let phaseY = 0; phaseY < min(strideHeight, kernelHeight); phaseY++) {
    const runs = (kernelHeight - 1 - phaseY) / strideHeight + 1;
    for (let phaseX = 0; phaseX < min(strideWidth, kernelWidth); phaseX++) {
      const columns = (kernelWidth - 1 - phaseX) / strideWidth + 1;
      const depth = runs * columns * filters;
      for (let channel = 0; channel < channels; channel += 8) {
        const wide = min(8, channels - channel);
        let start = 0;
        for (let y = phaseY + (runs - 1) * strideHeight; y >= 0; y -= strideHeight) {
          for (let x = phaseX + (columns - 1) * strideWidth; x >= 0; x -= strideWidth) {
            const source = kernel.at(((y * kernelWidth + x) * channels + channel) * filters);
            packPart(filters, wide, source, 1, filters, depth, start, packed.at(channel * depth));
            start += filters;
          }
        }
      }
      packed = packed.at(depth * ((channels + 7) & ~7));
    }
  }
}
