/** Layers, losses and optimizers in float64, one loop an axis: nothing of tfjs, nothing of `nn`. */

export type Shape4 = readonly [number, number, number, number];

/** Cross-correlation with zeros around, stride 1, height and width kept, and a bias for each filter. */
export function convolve(
  x: Float64Array,
  [batch, height, width, channels]: Shape4,
  kernel: Float64Array,
  bias: Float64Array,
  size: number,
): Float64Array {
  const filters = bias.length;
  const before = (size - 1) / 2;
  const result = new Float64Array(batch * height * width * filters);
  for (let pixel = 0; pixel < batch * height * width; pixel += 1) {
    const column = pixel % width;
    const row = Math.floor(pixel / width) % height;
    result.set(bias, pixel * filters);
    for (let down = -before; down <= before; down += 1) {
      if (row + down < 0 || row + down >= height) continue;
      for (let right = -before; right <= before; right += 1) {
        if (column + right < 0 || column + right >= width) continue;
        const from = (pixel + down * width + right) * channels;
        const window = ((down + before) * size + right + before) * channels;
        for (let channel = 0; channel < channels; channel += 1) {
          const input = x[from + channel] ?? NaN;
          for (let filter = 0; filter < filters; filter += 1) {
            const at = pixel * filters + filter;
            result[at] = (result[at] ?? NaN) + input * (kernel[(window + channel) * filters + filter] ?? NaN);
          }
        }
      }
    }
  }
  return result;
}

/** Maximum or mean of each 2 by 2 window; height and width are even. */
export function pool2(x: Float64Array, [batch, height, width, channels]: Shape4, kind: unknown): Float64Array {
  const result = new Float64Array((batch * height * width * channels) / 4);
  for (let at = 0; at < result.length; at += 1) {
    const channel = at % channels;
    const column = Math.floor(at / channels) % (width / 2);
    const row = Math.floor(at / channels / (width / 2)); // over the whole batch: the height is even
    const corner = (2 * row * width + 2 * column) * channels + channel;
    const window = [0, 1, width, width + 1].map((place) => x[corner + place * channels] ?? NaN);
    result[at] = kind === 'max' ? Math.max(...window) : window.reduce((sum, value) => sum + value) / 4;
  }
  return result;
}

const activations: Readonly<Record<string, (z: number) => number>> = {
  relu: (z) => (z > 0 ? z : 0),
  leakyRelu: (z) => (z > 0 ? z : 0.2 * z),
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
};

export function activate(z: Float64Array, kind: unknown): Float64Array {
  return z.map(activations[String(kind)] ?? (() => NaN));
}

/** `[batch, features]` to `[batch, units]`. */
export function connect(x: Float64Array, batch: number, weights: Float64Array, bias: Float64Array): Float64Array {
  const features = x.length / batch;
  const units = bias.length;
  return Float64Array.from({ length: batch * units }, (_, at) => {
    const example = Math.floor(at / units);
    const unit = at % units;
    let sum = bias[unit] ?? NaN;
    for (let feature = 0; feature < features; feature += 1) {
      sum += (x[example * features + feature] ?? NaN) * (weights[feature * units + unit] ?? NaN);
    }
    return sum;
  });
}

/** Mean over the batch of the negative logarithm of the true class's softmax. */
export function crossEntropy(logits: Float64Array, labels: readonly number[]): number {
  const classes = logits.length / labels.length;
  const losses = labels.map((label, example) => {
    const own = logits.subarray(example * classes, (example + 1) * classes);
    const highest = Math.max(...own);
    const sum = own.reduce((total, logit) => total + Math.exp(logit - highest), 0);
    return Math.log(sum) + highest - (own[label] ?? NaN);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / labels.length;
}

export function halfSquares(...tensors: readonly (Float64Array | undefined)[]): number {
  return tensors.reduce((all, tensor) => all + (tensor?.reduce((sum, w) => sum + w * w, 0) ?? NaN), 0) / 2;
}

type Update = (weight: number, gradient: number, rate: number, slots: Record<string, number>, step: number) => number;

/** As the papers write them; `slots` is changed in place. */
export const optimizers: Readonly<Record<string, Update>> = {
  sgd: (w, g, rate) => w - rate * g,
  momentum(w, g, rate, slots) {
    slots['velocity'] = 0.9 * (slots['velocity'] ?? NaN) + g;
    return w - rate * slots['velocity'];
  },
  rmsprop(w, g, rate, slots) {
    slots['meanSquare'] = 0.9 * (slots['meanSquare'] ?? NaN) + 0.1 * g * g;
    return w - (rate * g) / (Math.sqrt(slots['meanSquare']) + 1e-7);
  },
  adam(w, g, rate, slots, step) {
    slots['mean'] = 0.9 * (slots['mean'] ?? NaN) + 0.1 * g;
    slots['meanSquare'] = 0.999 * (slots['meanSquare'] ?? NaN) + 0.001 * g * g;
    const mean = slots['mean'] / (1 - 0.9 ** step);
    const meanSquare = slots['meanSquare'] / (1 - 0.999 ** step);
    return w - (rate * mean) / (Math.sqrt(meanSquare) + 1e-7);
  },
};
