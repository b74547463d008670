import type { Random } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';

/**
 * Normal with variance 2 / fanIn, which keeps the size of activations from layer to layer under ReLU.
 *
 * @param shape `[…window, channels, filters]` of a convolution or `[features, units]` of a dense layer.
 * @see He et al. 2015 (arXiv:1502.01852), section 2.2.
 */
export function heNormal(shape: readonly number[], random: Random): tf.Tensor {
  const deviation = Math.sqrt(2 / fans(shape).fanIn);
  const values = random.normals(count(shape)).map((normal) => normal * deviation);
  return tf.tensor(values, [...shape]);
}

/**
 * Even in ±sqrt(6 / (fanIn + fanOut)), a balance between activations forward and gradients backward.
 *
 * @param shape `[…window, channels, filters]` of a convolution or `[features, units]` of a dense layer.
 * @see Glorot and Bengio 2010, eq. 16.
 */
export function glorotUniform(shape: readonly number[], random: Random): tf.Tensor {
  const { fanIn, fanOut } = fans(shape);
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  const values = random.uniforms(count(shape)).map((uniform) => (2 * uniform - 1) * limit);
  return tf.tensor(values, [...shape]);
}

/**
 * Rows (or columns, if there are fewer) at right angles to each other and of length 1: what is multiplied with it keeps
 * its size, however often.
 *
 * @returns `[rows, columns]`
 * @see Saxe et al. 2014 (arXiv:1312.6120).
 */
export function orthogonal([rows, columns]: readonly [number, number], random: Random): tf.Tensor2D {
  const isWide = rows < columns;
  const [count, length] = isWide ? [rows, columns] : [columns, rows];
  const vectors: Float64Array[] = [];
  for (let at = 0; at < count; at += 1) {
    const vector = Float64Array.from(random.normals(length));
    // Gram and Schmidt, twice: once leaves what rounding put in.
    for (const before of [...vectors, ...vectors]) {
      const share = vector.reduce((sum, value, place) => sum + value * (before[place] ?? 0), 0);
      before.forEach((value, place) => (vector[place] = (vector[place] ?? 0) - share * value));
    }
    const norm = Math.hypot(...vector);
    vectors.push(vector.map((value) => value / norm));
  }
  const at = (row: number, column: number) => (isWide ? vectors[row]?.[column] : vectors[column]?.[row]) ?? 0;
  const values = Float32Array.from({ length: rows * columns }, (_, place) =>
    at(Math.floor(place / columns), place % columns),
  );
  return tf.tensor2d(values, [rows, columns]);
}

export function zeros(shape: readonly number[]): tf.Tensor {
  return tf.zeros([...shape]);
}

/** How many inputs one output sees, and how many outputs one input reaches. */
function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const window = count(shape.slice(0, -2));
  const [inputs = 1, outputs = 1] = shape.slice(-2);
  return { fanIn: window * inputs, fanOut: window * outputs };
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
