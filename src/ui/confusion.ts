/** How often each class was read as each: `counts[truth][prediction]`. */
export interface Confusion {
  counts: readonly (readonly number[])[];
  /** Examples of each true class. */
  totals: readonly number[];
  /** Examples counted; 0 before the first evaluation. */
  examples: number;
  /** The most frequent count off the diagonal. */
  worst: number;
}

/** @param predictions one for each example; what is no class (-1: not read yet) is not counted. */
export function countConfusion(predictions: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Confusion {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const totals = new Array<number>(classes).fill(0);
  let examples = 0;
  for (let index = 0; index < Math.min(predictions.length, labels.length); index++) {
    const truth = labels[index] ?? -1;
    const prediction = predictions[index] ?? -1;
    const row = counts[truth];
    if (!row || row[prediction] === undefined) continue;
    row[prediction] += 1;
    totals[truth] = (totals[truth] ?? 0) + 1;
    examples += 1;
  }
  const mistakes = counts.flatMap((row, truth) => row.filter((_, prediction) => prediction !== truth));
  return { counts, totals, examples, worst: Math.max(0, ...mistakes) };
}
