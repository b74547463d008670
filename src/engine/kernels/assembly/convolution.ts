// Convolutions as products of matrices that are never built: the rows of the left factor are windows of an image with a
// margin of zeros, read where they lie. Images are [batch, height, width, channels], kernels [height, width, channels,
// filters].
import { finish } from './elementwise';
import { packPanel, packPanels } from './gemm';
import { Floats, copy, zero } from './memory';
import { columnTile, tile } from './tile';

/** An image in the middle of zeros; rows and columns that do not fit in are left out. */
function withMargin(
  height: i32,
  width: i32,
  channels: i32,
  image: Floats,
  top: i32,
  left: i32,
  paddedHeight: i32,
  paddedWidth: i32,
  padded: Floats,
): void {
  const line = paddedWidth * channels;
  top = min(top, paddedHeight);
  left = min(left, paddedWidth);
  const before = left * channels;
  const inside = min(width, paddedWidth - left) * channels;
  const after = line - before - inside;
  const end = min(paddedHeight, top + height);
  zero(top * line, padded);
  let target = padded.at(top * line);
  for (let row = top; row < end; row++) {
    for (let index = 0; index < before; index++) target[index] = 0;
    target = target.at(before);
    copy(inside, image, target);
    target = target.at(inside);
    for (let index = 0; index < after; index++) target[index] = 0;
    target = target.at(after);
    image = image.at(width * channels);
  }
  zero((paddedHeight - end) * line, target);
}

/** So many filters beside the panels of 8 are computed one by one. */
const MOST_COLUMNS = 3;

/**
 * One row of outputs: each the sum over a window times the packed kernel. The last tile of a row reaches back over
 * outputs that are there already and gives them again.
 *
 * @param windows the first window; the next begins `step` numbers on.
 * @param line numbers in a row of the image, of which a window takes `length` in each of `runs` rows.
 * @param stride numbers from one output pixel to the next.
 */
function rowOfWindows(
  pixels: i32,
  windows: Floats,
  step: i32,
  line: i32,
  runs: i32,
  length: i32,
  packed: Floats,
  filters: i32,
  out: Floats,
  stride: i32,
): void {
  const depth = runs * length;
  const jump = (<usize>(line - length)) << 2;
  for (let filter = 0; filter < filters; filter += 8) {
    const panel = changetype<usize>(packed.at(filter * depth));
    const wide = min(8, filters - filter);
    for (let next = 0; next < pixels; next += 4) {
      const pixel = max(0, min(next, pixels - 4));
      const last = pixels - 1 - pixel;
      const first = windows.at(pixel * step);
      const a0 = changetype<usize>(first);
      const a1 = changetype<usize>(first.at(min(1, last) * step));
      const a2 = changetype<usize>(first.at(min(2, last) * step));
      const a3 = changetype<usize>(first.at(min(3, last) * step));
      const target = out.at(pixel * stride + filter);
      const high = min(4, last + 1);
      if (wide > MOST_COLUMNS) {
        tile(a0, a1, a2, a3, 4, jump, panel, 32, 0, runs, length, target, stride, high, wide, false);
      } else {
        for (let column = 0; column < wide; column++) {
          const b = panel + ((<usize>(column * depth)) << 2);
          columnTile(a0, a1, a2, a3, jump, b, runs, length, target.at(column), stride, high);
        }
      }
    }
  }
}

/**
 * The part of a kernel that meets one run of a window, 8 filters or as many as there are: rows of 8, or each filter for
 * itself, `depth` apart, if there are few.
 */
function packPart(
  length: i32,
  wide: i32,
  kernel: Floats,
  rowStride: i32,
  columnStride: i32,
  depth: i32,
  start: i32,
  packed: Floats,
): void {
  if (wide > MOST_COLUMNS) {
    packPanel(length, wide, kernel, rowStride, columnStride, packed.at(start << 3));
    return;
  }
  for (let column = 0; column < wide; column++) {
    const target = packed.at(column * depth + start);
    for (let k = 0; k < length; k++) target[k] = kernel[k * rowStride + column * columnStride];
  }
}

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
