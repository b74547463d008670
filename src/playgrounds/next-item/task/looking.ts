import * as tf from '#src/nn/tf.ts';

/** Parts that a layer has after each click, `[batch, time, units]`. */
const parts = ['inputGate', 'forgetGate', 'candidate', 'outputGate', 'cellState', 'hiddenState'];

/**
 * What was recorded of a batch, as its first session alone has it: states after each click, scores after the last. Of
 * two layers the upper one's states are shown.
 *
 * @param recorded by the names that the model gives; new tensors are made of it.
 * @param clicks that are known of the session.
 */
export function ofFirstSession(
  recorded: Readonly<Record<string, tf.Tensor>>,
  clicks: number,
): Record<string, tf.Tensor> {
  const layer = Object.keys(recorded).some((name) => name.startsWith('upper/')) ? 'upper/' : 'lstm/';
  const shown = Object.entries(recorded).flatMap(([name, tensor]): [string, tf.Tensor][] => {
    if (name === 'x') return [[name, tf.reshape(tf.slice(tf.cast(tensor, 'float32'), [0, 0], [1, clicks + 1]), [-1])]];
    if (name === 'embedded') return [[name, firstClicks(tensor, clicks)]];
    if (name === 'logits') return [[name, tf.reshape(tf.slice(tensor, [clicks, 0], [1, -1]), [-1])]];
    const part = name.slice(layer.length);
    if (name.startsWith(layer) && parts.includes(part)) return [[part, firstClicks(tensor, clicks)]];
    return name.includes('/') ? [] : [[name, tf.clone(tensor)]];
  });
  return Object.fromEntries(shown);
}

/** `[batch, time, width]` to `[clicks + 1, width]`. */
function firstClicks(tensor: tf.Tensor, clicks: number): tf.Tensor {
  const width = tensor.shape[2] ?? 0;
  return tf.reshape(tf.slice(tensor, [0, 0, 0], [1, clicks + 1, width]), [clicks + 1, width]);
}
