/**
 * The largest absolute value among the eigenvalues of a square matrix: what repeated multiplication grows by, in the
 * long run. By Gelfand's formula, `lim ‖Mᵏ‖^(1/k)`, with k doubled until it is astronomical.
 *
 * @param values row by row.
 * @returns 0 for a matrix some power of which is 0.
 */
export function spectralRadius(values: ArrayLike<number>): number {
  const size = Math.round(Math.sqrt(values.length));
  let power = Float64Array.from(values);
  let logarithm = 0;
  for (let doubling = 0; doubling <= DOUBLINGS; doubling += 1) {
    const norm = Math.hypot(...power);
    if (norm === 0) return 0;
    logarithm += Math.log(norm) / 2 ** doubling;
    power = power.map((value) => value / norm);
    power = squareOf(power, size);
  }
  return Math.exp(logarithm);
}

/** k = 2⁴⁰: the norm of what is left has no say any more. */
const DOUBLINGS = 40;

function squareOf(matrix: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  const product = new Float64Array(matrix.length);
  for (let row = 0; row < size; row += 1) {
    for (let along = 0; along < size; along += 1) {
      const factor = matrix[row * size + along] ?? 0;
      for (let column = 0; column < size; column += 1) {
        const at = row * size + column;
        product[at] = (product[at] ?? 0) + factor * (matrix[along * size + column] ?? 0);
      }
    }
  }
  return product;
}
