// Windows of images as rows of a left factor that is never built: they are read where they lie, in an image with a margin
// of zeros. Images are [batch, height, width, channels], kernels [height, width, channels, filters].
import { packPanel } from './gemm';
import { Floats, copy, zero } from './memory';
import { columnTile, tile } from './tile';

/** An image in the middle of zeros; rows and columns that do not fit in are left out. */
export function withMargin(
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
export function rowOfWindows(
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
export function packPart(
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
