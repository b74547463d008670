/** A linear classifier of sparse examples. An example is the list of the features it has, each once. */
export interface LogisticRegression {
  classes: number;
  /** `[features + 1, classes]`, row by row; the last row is the bias. */
  weights: Float64Array;
}

export interface Fit {
  classes: number;
  features: number;
  /** What the squared weights cost: half of this times their sum is added to the mean cross-entropy. */
  penalty?: number;
  steps?: number;
}

/**
 * The weights at which mean cross-entropy plus penalty are least, from zeros and always the same: Nesterov's
 * accelerated gradient, whose step is safe for any data because every example is scaled to length 1.
 *
 * @param examples `[examples]`, the features of each.
 * @param labels `[examples]`, whole numbers from 0 to `classes - 1`.
 * @throws RangeError if there are no examples, or not as many labels.
 * @see Nesterov 2004, Introductory Lectures on Convex Optimization, scheme 2.2.22.
 */
export function fitLogisticRegression(
  examples: readonly Int32Array[],
  labels: ArrayLike<number>,
  { classes, features, penalty = 3e-4, steps = 150 }: Fit,
): LogisticRegression {
  if (examples.length === 0 || examples.length !== labels.length) {
    throw new RangeError(`${examples.length} examples with ${labels.length} labels`);
  }
  // Softmax bends the loss by at most 1/2; an example with its bias is of length root 2.
  const bend = 1 + penalty;
  const momentum = (Math.sqrt(bend) - Math.sqrt(penalty)) / (Math.sqrt(bend) + Math.sqrt(penalty));
  const weights = new Float64Array((features + 1) * classes);
  const ahead = weights.slice();
  for (let step = 0; step < steps; step++) {
    const { gradient } = lossAndGradient({ classes, weights: ahead }, examples, labels, penalty);
    for (let index = 0; index < weights.length; index++) {
      const before = weights[index] ?? 0;
      const after = (ahead[index] ?? 0) - (gradient[index] ?? 0) / bend;
      weights[index] = after;
      ahead[index] = after + momentum * (after - before);
    }
  }
  return { classes, weights };
}

/** The probability of each class, `[classes]`. */
export function classProbabilities(model: LogisticRegression, example: Int32Array): Float64Array {
  const probabilities = new Float64Array(model.classes);
  readInto(probabilities, model, example);
  return probabilities;
}

/** What is minimised, in nats, and its gradient `[features + 1, classes]`. */
export function lossAndGradient(
  model: LogisticRegression,
  examples: readonly Int32Array[],
  labels: ArrayLike<number>,
  penalty: number,
): { loss: number; gradient: Float64Array } {
  const { classes, weights } = model;
  const gradient = new Float64Array(weights.length);
  let loss = 0;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] ?? 0;
    gradient[index] = penalty * weight;
    loss += (penalty / 2) * weight * weight;
  }
  const errors = new Float64Array(classes);
  examples.forEach((example, index) => {
    readInto(errors, model, example);
    const label = labels[index] ?? 0;
    loss -= Math.log(errors[label] ?? 0) / examples.length;
    errors[label] = (errors[label] ?? 0) - 1;
    addRow(gradient, weights.length - classes, errors, 1 / examples.length);
    for (const feature of example) addRow(gradient, feature * classes, errors, valueIn(example) / examples.length);
  });
  return { loss, gradient };
}

/** The value of each feature of an example, so that the example is of length 1. */
function valueIn(example: Int32Array): number {
  return 1 / Math.sqrt(example.length);
}

/** Writes the probabilities of an example: the softmax of the bias and its features' rows. */
function readInto(probabilities: Float64Array, { classes, weights }: LogisticRegression, example: Int32Array): void {
  probabilities.set(weights.subarray(weights.length - classes));
  const value = valueIn(example);
  for (const feature of example) {
    const row = feature * classes;
    for (let index = 0; index < classes; index++) {
      probabilities[index] = (probabilities[index] ?? 0) + value * (weights[row + index] ?? 0);
    }
  }
  const largest = Math.max(...probabilities);
  let sum = 0;
  for (let index = 0; index < classes; index++) {
    const power = Math.exp((probabilities[index] ?? 0) - largest);
    probabilities[index] = power;
    sum += power;
  }
  for (let index = 0; index < classes; index++) probabilities[index] = (probabilities[index] ?? 0) / sum;
}

/** Adds some times a row to the part of a matrix that begins there. */
function addRow(matrix: Float64Array, start: number, row: Float64Array, scale: number): void {
  for (let index = 0; index < row.length; index++) {
    matrix[start + index] = (matrix[start + index] ?? 0) + scale * (row[index] ?? 0);
  }
}
