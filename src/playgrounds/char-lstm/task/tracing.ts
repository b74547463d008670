import { readAndDispose, readTensors } from '#src/nn/read.ts';
import { disposeTaps, recordUpdate, type Taps } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Trace } from '#src/training/protocol.ts';
import type { Weights } from '../model.ts';
import { insideOf } from './reading.ts';
import type { Windows } from './windows.ts';

/** The same update, with all that it computed: of the batch's first window where there is one a window. */
export async function traceLearning(
  weights: Weights,
  { symbols, length }: Windows,
  learn: () => void,
): Promise<Omit<Trace, 'step'>> {
  const taps = recordUpdate(learn, weights);
  try {
    const first = symbols.slice(0, length);
    const values = await readFirst(taps.values, length, weights);
    return {
      values: {
        ...values,
        symbols: { shape: [length], values: Float32Array.from(first) },
      },
      gradients: await readFirst(taps.gradients, length, weights),
      updates: await readTensors(taps.updates),
    };
  } finally {
    disposeTaps(taps);
  }
}

/** Of values that there are once a window the first window's, of logits those after its last symbol. */
async function readFirst(taped: Taps['values'], length: number, weights: Weights): Promise<NamedArrays> {
  const cut = tf.tidy(() => {
    const whole = [...Object.keys(weights), 'loss'].flatMap((name): [string, tf.Tensor][] => {
      const tensor = taped[name];
      return tensor ? [[name, tf.clone(tensor)]] : [];
    });
    const logits = taped['logits'] as tf.Tensor2D | undefined;
    const last: tf.Tensor2D | undefined = logits && tf.slice(logits, [length - 1, 0], [1, logits.shape[1]]);
    return Object.fromEntries([
      ...Object.entries(insideOf(taped)),
      ...whole,
      ...(last ? [['logits', tf.reshape(last, [-1])] as const] : []),
    ]);
  });
  return readAndDispose(cut);
}
