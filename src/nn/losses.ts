import * as tf from '#src/nn/tf.ts';

/**
 * How surprised the network is by the true classes: the mean of -log softmax(logits)[label] over the batch.
 *
 * @param logits `[batch, classes]`, before the softmax, of any size.
 * @param labels `[batch]`, int32, from 0 to classes - 1.
 * @param weights `[batch]`, how much each example counts, such as 0 for padding: the mean is then over their sum.
 * @returns a scalar in nats; log(classes) for a network that knows nothing.
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor, weights?: tf.Tensor): tf.Scalar {
  const [batch, classes] = logits.shape;
  // By hand, for it is short: the gradient by a logit is its probability, less 1 at the true class, over the batch.
  const crossEntropy = tf.customGrad<tf.Scalar>((x, save) => {
    const truth = oneHot(labels, classes);
    const logProbabilities = tf.logSoftmax(x as tf.Tensor2D);
    (save as tf.GradSaver)([truth, logProbabilities]);
    const value: tf.Scalar = tf.div(tf.neg(tf.sum(tf.mul(truth, logProbabilities))), batch);
    const gradFunc = (dy: tf.Scalar, [target, saved]: tf.Tensor[]) =>
      tf.mul(tf.sub(tf.exp(saved as tf.Tensor), target as tf.Tensor), tf.div(dy, batch));
    return { value, gradFunc };
  });
  return weights === undefined ? crossEntropy(logits) : weightedCrossEntropy(logits, labels, weights);
}

/** The same, each example with its own share of the mean. */
function weightedCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  const [batch, classes] = logits.shape;
  const crossEntropy = tf.customGrad<tf.Scalar>((x, given, save) => {
    const shares = tf.reshape(tf.div(given as tf.Tensor, tf.sum(given as tf.Tensor)), [batch, 1]);
    const truth = oneHot(labels, classes);
    const logProbabilities = tf.logSoftmax(x as tf.Tensor2D);
    (save as tf.GradSaver)([truth, logProbabilities, shares]);
    const value: tf.Scalar = tf.neg(tf.sum(tf.mul(tf.mul(truth, shares), logProbabilities)));
    const gradFunc = (dy: tf.Scalar, [target, saved, share]: tf.Tensor[]) => [
      tf.mul(tf.sub(tf.exp(saved as tf.Tensor), target as tf.Tensor), tf.mul(share as tf.Tensor, dy)),
      tf.zeros([batch]),
    ];
    return { value, gradFunc };
  });
  return crossEntropy(logits, weights);
}

/**
 * The share of examples whose largest logit is that of the true class, in [0, 1]; it has no gradient.
 *
 * @param logits `[batch, classes]`
 * @param labels `[batch]`, int32
 */
export function accuracy(logits: tf.Tensor2D, labels: tf.Tensor): tf.Scalar {
  const [batch, classes] = logits.shape;
  // Numbers all through: tfjs's WebGPU reads the bits of a boolean as those of a float.
  const hits = tf.mul(oneHot(tf.argMax(logits, 1), classes), oneHot(labels, classes));
  return tf.div(tf.sum(hits), batch);
}

/** Half the sum of squares of all weights: its gradient by a weight is the weight. */
export function l2(weights: readonly tf.Tensor[]): tf.Scalar {
  const sums = weights.map((weight) => tf.sum(tf.square(weight)));
  return tf.mul(
    sums.reduce((total, sum) => tf.add(total, sum)),
    0.5,
  );
}

function oneHot(labels: tf.Tensor, classes: number): tf.Tensor2D {
  return tf.oneHot(labels, classes, 1, 0, 'float32') as tf.Tensor2D;
}
