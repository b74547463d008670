import { imageBatch, type Images } from '#src/nn/imageBatches.ts';
import * as tf from '#src/nn/tf.ts';
import { crossEntropy, softmax } from '#src/math/softmax.ts';

/** How a classifier does on pictures that it never learns from. */
export interface Evaluation {
  /** Looks at all of them with the weights of this moment. */
  run(): Promise<{ loss: number; accuracy: number }>;
  /** What was read at the last run, and the worst mistakes; before the first run empty. */
  result(): EvaluationResult;
  dispose(): void;
}

export interface EvaluationResult {
  /** `[count]`, the class that was read. */
  predictions: Uint8Array;
  /** Numbers of those read wrongly with most certainty, the worst first. */
  mistakes: number[];
}

const BATCH = 250;
const MISTAKES = 12;

/** @param classify pictures `[batch, height, width, 1]` to logits `[batch, classes]`. */
export function createEvaluation(images: Images, classify: (images: tf.Tensor4D) => tf.Tensor2D): Evaluation {
  const batches: tf.Tensor4D[] = [];
  for (let from = 0; from < images.count; from += BATCH) {
    const chosen = Array.from({ length: Math.min(BATCH, images.count - from) }, (_, place) => from + place);
    const batch = imageBatch(images, chosen);
    batch.labels.dispose();
    batches.push(batch.images);
  }
  let latest: EvaluationResult = { predictions: new Uint8Array(0), mistakes: [] };

  return {
    async run() {
      const predictions = new Uint8Array(images.count);
      const wrong: { example: number; certainty: number }[] = [];
      let loss = 0;
      let example = 0;
      for (const batch of batches) {
        const logits = tf.tidy(() => classify(batch));
        const [rows, classes] = logits.shape;
        const numbers = await logits.data<'float32'>();
        logits.dispose();
        for (let row = 0; row < rows; row++, example++) {
          const own = numbers.subarray(row * classes, (row + 1) * classes);
          const label = images.labels[example] ?? 0;
          const read = own.indexOf(Math.max(...own));
          predictions[example] = Math.max(0, read);
          loss += crossEntropy(own, label);
          if (read !== label) wrong.push({ example, certainty: softmax(own)[read] ?? 0 });
        }
      }
      wrong.sort((one, other) => other.certainty - one.certainty);
      latest = { predictions, mistakes: wrong.slice(0, MISTAKES).map((mistake) => mistake.example) };
      return { loss: loss / images.count, accuracy: 1 - wrong.length / images.count };
    },
    result: () => latest,
    dispose: () => tf.dispose(batches),
  };
}
