import { firstExample, readAndDispose } from '#src/nn/read.ts';
import type { Taps } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { gruInside, lstmStates, NETWORKS, rnnInside } from '../model.ts';

/** The states that a gradient flows back through. */
const STATES = [rnnInside.rnnHidden, gruInside.gruHidden, lstmStates.lstmHidden, lstmStates.cellState];

/** Of what there is once for each example of a batch, `<network>/<value>`, that of the first; the rest as it is. */
function ofFirstExample(tensors: Readonly<Record<string, tf.Tensor>>): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      if (!name.includes('/')) return [name, tf.clone(tensor)];
      return [name, firstExample(tensor)];
    }),
  );
}

/**
 * How much the loss of the first sequence still depends on each state, step by step: `[4, time]`.
 *
 * @param gradients of the batch's mean loss, `[batch, time, units]`.
 */
function gradientNorms(gradients: Taps['gradients']): Record<string, tf.Tensor> {
  if (!STATES.every((name) => name in gradients)) return {};
  const norms = STATES.map((name) => {
    const gradient = gradients[name] as tf.Tensor;
    return tf.mul(tf.sqrt(tf.sum(tf.square(firstExample(gradient)), 1)), gradient.shape[0] ?? 1);
  });
  return { gradientNorms: tf.stack(norms) };
}

/** What happened inside for a batch's first sequence, by name, and what was answered. */
export function readInside({ values }: Taps): Promise<NamedArrays> {
  const inside = tf.tidy(() => {
    const logits = NETWORKS.map((name) => tf.slice(values[`${name}/logits`] as tf.Tensor, 0, 1));
    return { ...ofFirstExample(values), answers: tf.softmax(tf.concat(logits, 0) as tf.Tensor2D) };
  });
  return readAndDispose(inside);
}

/** The gradients of all that, of the first sequence too, and their norms through time; nothing if none was computed. */
export function readGradients({ gradients }: Taps, only?: 'norms'): Promise<NamedArrays> {
  const read = tf.tidy(() => ({
    ...(only === 'norms' ? {} : ofFirstExample(gradients)),
    ...gradientNorms(gradients),
  }));
  return readAndDispose(read);
}
