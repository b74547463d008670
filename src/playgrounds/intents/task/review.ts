import { crossEntropy, softmax } from '#src/math/softmax.ts';
import * as tf from '#src/nn/tf.ts';
import { tokensTensor, type Lesson } from './lessons.ts';

/** How the network does on sentences that it never learns from. */
export interface Review {
  /** Reads all of them with the weights of this moment. */
  run(): Promise<{ loss: number; accuracy: number }>;
  /** What each was taken for at the last run, and the worst mistakes; before the first run empty. */
  result(): { predictions: Uint8Array; mistakes: readonly number[] };
  dispose(): void;
}

const MISTAKES = 8;

/** @param classify tokens, `[batch, time, PARTS]`, to logits, `[batch, classes]`. */
export function createReview(lessons: readonly Lesson[], classify: (tokens: tf.Tensor) => tf.Tensor2D): Review {
  const tokens = tokensTensor(Int32Array.from(lessons.flatMap((lesson) => [...lesson.tokens])), lessons.length);
  let latest: { predictions: Uint8Array; mistakes: readonly number[] } = {
    predictions: new Uint8Array(0),
    mistakes: [],
  };

  return {
    async run() {
      const logits = tf.tidy(() => classify(tokens));
      const numbers = await logits.data<'float32'>();
      const classes = logits.shape[1];
      logits.dispose();
      const predictions = new Uint8Array(lessons.length);
      const wrong: { example: number; certainty: number }[] = [];
      let loss = 0;
      for (const [example, { label }] of lessons.entries()) {
        const own = numbers.subarray(example * classes, (example + 1) * classes);
        const read = Math.max(0, own.indexOf(Math.max(...own)));
        predictions[example] = read;
        loss += crossEntropy(own, label);
        if (read !== label) wrong.push({ example, certainty: softmax(own)[read] ?? 0 });
      }
      wrong.sort((one, other) => other.certainty - one.certainty);
      latest = { predictions, mistakes: wrong.slice(0, MISTAKES).map(({ example }) => example) };
      return { loss: loss / lessons.length, accuracy: 1 - wrong.length / lessons.length };
    },
    result: () => latest,
    dispose: () => tokens.dispose(),
  };
}
