// Gradients of the depthwise convolution, where every channel has kernels of its own: images [batch, height, width,
// channels], kernels [height, width, channels, multiplier], outputs [batch, height, width, channels * multiplier].
import { Floats, zero } from './memory';

/** `x[channel] += sum over q of gradient[channel, q] kernel[channel, q]` */
function addInput(channels: i32, multiplier: i32, gradient: Floats, kernel: Floats, x: Floats): void {
  let channel = 0;
  if (multiplier == 1) {
    for (; channel + 4 <= channels; channel += 4) {
      const product = f32x4.mul(gradient.load4(channel), kernel.load4(channel));
      x.store4(channel, f32x4.add(x.load4(channel), product));
    }
  }
  for (; channel < channels; channel++) {
    for (let index = channel * multiplier; index < (channel + 1) * multiplier; index++) {
      x[channel] += gradient[index] * kernel[index];
    }
  }
}

/** `kernel[channel, q] += x[channel] gradient[channel, q]` */
function addKernel(channels: i32, multiplier: i32, gradient: Floats, kernel: Floats, x: Floats): void {
  let channel = 0;
  if (multiplier == 1) {
    for (; channel + 4 <= channels; channel += 4) {
      const product = f32x4.mul(gradient.load4(channel), x.load4(channel));
      kernel.store4(channel, f32x4.add(kernel.load4(channel), product));
    }
  }
  for (; channel < channels; channel++) {
    for (let index = channel * multiplier; index < (channel + 1) * multiplier; index++) {
      kernel[index] += gradient[index] * x[channel];
    }
  }
}

/**
 * One of the two gradients, which is set to zero first: by the input if `isByInput`, else by the kernel. The tensor by
 * which it is not is read.
 */
export function depthwiseGradient(
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
  outChannels: i32,
  isByInput: bool,
  gradient: Floats,
  x: Floats,
  kernel: Floats,
): void {
  const image = height * width * channels;
  const multiplier = outChannels / channels;
  if (isByInput) zero(batch * image, x);
  else zero(kernelHeight * kernelWidth * outChannels, kernel);
  for (let index = 0; index < batch; index++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        for (let y = 0; y < kernelHeight; y++) {
          const imageRow = row * strideHeight - top + y;
          if (imageRow < 0 || imageRow >= height) continue;
          for (let z = 0; z < kernelWidth; z++) {
            const imageColumn = column * strideWidth - left + z;
            if (imageColumn < 0 || imageColumn >= width) continue;
            const place = x.at((imageRow * width + imageColumn) * channels);
            const part = kernel.at((y * kernelWidth + z) * outChannels);
            if (isByInput) addInput(channels, multiplier, gradient, part, place);
            else addKernel(channels, multiplier, gradient, part, place);
          }
        }
        gradient = gradient.at(outChannels);
      }
    }
    x = x.at(image);
  }
}
