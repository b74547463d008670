import type { UtteranceSplits } from '#datasets/utterances/index.ts';
import { createBag, readFeatures } from '#src/math/bagOfWords.ts';
import { classProbabilities, fitLogisticRegression } from '#src/math/logisticRegression.ts';

const known = new WeakMap<UtteranceSplits, number>();

/** How many of the unseen sentences logistic regression on a bag of words reads rightly, learnt from the same ones. */
export function baselineAccuracy(splits: UtteranceSplits): number {
  const accuracy = known.get(splits) ?? measure(splits);
  known.set(splits, accuracy);
  return accuracy;
}

function measure({ intents, train, unseen }: UtteranceSplits): number {
  const bag = createBag(train.map(({ text }) => text));
  const examples = train.map(({ text }) => readFeatures(text, bag));
  const labels = train.map(({ label }) => label);
  const model = fitLogisticRegression(examples, labels, { classes: intents.length, features: bag.size });
  const right = unseen.filter(({ text, label }) => {
    const probabilities = classProbabilities(model, readFeatures(text, bag));
    return probabilities.indexOf(Math.max(...probabilities)) === label;
  });
  return right.length / unseen.length;
}
