/**
 * How often each class was read as each class: `[label][prediction]`, counts.
 *
 * @param predictions `[examples]`, classes as they were read.
 * @param labels `[examples]`, classes as they are.
 * @throws RangeError if the two differ in length or hold a number that is no class.
 */
export function confusionMatrix(predictions: ArrayLike<number>, labels: ArrayLike<number>, classes = 10): number[][] {
  if (predictions.length !== labels.length) {
    throw new RangeError(`${predictions.length} predictions of ${labels.length} examples`);
  }
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  Array.from(labels).forEach((label, example) => {
    const prediction = predictions[example] ?? Number.NaN;
    const row = matrix[label];
    const count = row?.[prediction];
    if (row === undefined || count === undefined) {
      throw new RangeError(`example ${example}: ${label} read as ${prediction}, with ${classes} classes`);
    }
    row[prediction] = count + 1;
  });
  return matrix;
}

/** Of each class's examples, the fraction that was read right; NaN for a class without examples. */
export function accuracyPerClass(matrix: readonly (readonly number[])[]): number[] {
  return matrix.map((row, label) => (row[label] ?? 0) / row.reduce((sum, count) => sum + count, 0));
}
