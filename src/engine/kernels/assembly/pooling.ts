// Gradients of pooling. Images are [batch, height, width, channels]; a window's part outside the image counts nothing.
import { Floats, zero } from './memory';
import { splat } from './vector';

/** Each output's gradient goes to the first input of its window that is the maximum. */
export function maxPoolGradient(
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  x: Floats,
  y: Floats,
  gradient: Floats,
  result: Floats,
): void {
  const image = height * width * channels;
  zero(batch * image, result);
  const line = width * channels;
  for (let index = 0; index < batch; index++) {
    for (let row = 0; row < outHeight; row++) {
      const firstRow = max(0, row * strideHeight - top);
      const rows = min(height, row * strideHeight - top + windowHeight) - firstRow;
      for (let column = 0; column < outWidth; column++) {
        const firstColumn = max(0, column * strideWidth - left);
        const columns = min(width, column * strideWidth - left + windowWidth) - firstColumn;
        const corner = firstRow * line + firstColumn * channels;
        toMaxima(rows, columns, channels, line, x.at(corner), y, gradient, result.at(corner));
        y = y.at(channels);
        gradient = gradient.at(channels);
      }
    }
    x = x.at(image);
    result = result.at(image);
  }
}

/** One window, all channels. */
function toMaxima(
  rows: i32,
  columns: i32,
  channels: i32,
  line: i32,
  x: Floats,
  y: Floats,
  gradient: Floats,
  result: Floats,
): void {
  let channel = 0;
  for (; channel + 4 <= channels; channel += 4) {
    const maximum = y.load4(channel);
    // What is still to be given.
    let rest = gradient.load4(channel);
    for (let row = 0; row < rows; row++) {
      let place = row * line + channel;
      for (let column = 0; column < columns; column++) {
        const isMaximum = f32x4.eq(x.load4(place), maximum);
        result.store4(place, f32x4.add(result.load4(place), v128.and(rest, isMaximum)));
        rest = v128.andnot(rest, isMaximum);
        place += channels;
      }
    }
  }
  for (; channel < channels; channel++) {
    let rest = gradient[channel];
    for (let row = 0; row < rows; row++) {
      let place = row * line + channel;
      for (let column = 0; column < columns; column++) {
        if (x[place] == y[channel]) {
          result[place] += rest;
          rest = 0;
        }
        place += channels;
      }
    }
  }
}

/** Each output's gradient goes in equal shares to the inputs of its window. */
export function averagePoolGradient(
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  gradient: Floats,
  result: Floats,
): void {
  const image = height * width * channels;
  zero(batch * image, result);
  const line = width * channels;
  for (let index = 0; index < batch; index++) {
    for (let row = 0; row < outHeight; row++) {
      const firstRow = max(0, row * strideHeight - top);
      const rows = min(height, row * strideHeight - top + windowHeight) - firstRow;
      for (let column = 0; column < outWidth; column++) {
        const firstColumn = max(0, column * strideWidth - left);
        const columns = min(width, column * strideWidth - left + windowWidth) - firstColumn;
        addShares(rows, columns, channels, line, gradient, result.at(firstRow * line + firstColumn * channels));
        gradient = gradient.at(channels);
      }
    }
    result = result.at(image);
  }
}

/** One window, all channels. */
function addShares(rows: i32, columns: i32, channels: i32, line: i32, gradient: Floats, result: Floats): void {
  const share = <f32>1 / <f32>(rows * columns);
  let channel = 0;
  for (; channel + 4 <= channels; channel += 4) {
    const part = f32x4.mul(gradient.load4(channel), splat(share));
    for (let row = 0; row < rows; row++) {
      let place = row * line + channel;
      for (let column = 0; column < columns; column++) {
        result.store4(place, f32x4.add(result.load4(place), part));
        place += channels;
      }
    }
  }
  for (; channel < channels; channel++) {
    const part = gradient[channel] * share;
    for (let row = 0; row < rows; row++) {
      let place = row * line + channel;
      for (let column = 0; column < columns; column++) {
        result[place] += part;
        place += channels;
      }
    }
  }
}
