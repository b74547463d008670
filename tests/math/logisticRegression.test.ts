import { describe, expect, it } from 'vitest';
import { load } from '#datasets/utterances/index.ts';
import { createBag, readFeatures } from '#src/math/bagOfWords.ts';
import { classProbabilities, fitLogisticRegression, lossAndGradient } from '#src/math/logisticRegression.ts';
import { readDataset } from '../readFile.ts';

const examples = [[0, 2], [1], [0, 1, 3], [], [2, 3]].map((features) => Int32Array.from(features));
const labels = [0, 1, 2, 0, 1];
const fit = { classes: 3, features: 4 };

describe('logistic regression', () => {
  it('has the gradient that differences of the loss give', () => {
    const weights = Float64Array.from({ length: 15 }, (_, index) => Math.sin(3 * index));
    const { gradient } = lossAndGradient({ classes: 3, weights }, examples, labels, 0.1);
    const lossAt = (index: number, shift: number) => {
      const shifted = weights.slice();
      shifted[index] = (shifted[index] ?? 0) + shift;
      return lossAndGradient({ classes: 3, weights: shifted }, examples, labels, 0.1).loss;
    };
    gradient.forEach((slope, index) => {
      expect(slope).toBeCloseTo((lossAt(index, 1e-5) - lossAt(index, -1e-5)) / 2e-5, 8);
    });
  });

  it('costs ln 3 with three classes and no weights yet', () => {
    const model = { classes: 3, weights: new Float64Array(15) };
    expect(lossAndGradient(model, examples, labels, 0.1).loss).toBeCloseTo(Math.log(3), 12);
  });

  it('ends where the gradient is zero', () => {
    const { weights } = fitLogisticRegression(examples, labels, { ...fit, penalty: 0.05, steps: 400 });
    const { gradient } = lossAndGradient({ classes: 3, weights }, examples, labels, 0.05);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-9);
  });

  it('gives probabilities, and those of the labels alone where an example has no known feature', () => {
    const model = fitLogisticRegression([Int32Array.of(0), Int32Array.of(), Int32Array.of()], [1, 0, 0], {
      classes: 2,
      features: 1,
      penalty: 1e-6,
      steps: 20_000,
    });
    const [none = 0, other = 0] = classProbabilities(model, Int32Array.of());
    expect(none + other).toBeCloseTo(1, 12);
    expect(none).toBeGreaterThan(0.99);
    expect(classProbabilities(model, Int32Array.of(0))[1]).toBeGreaterThan(0.99);
  });

  it('gives the same weights every time', () => {
    expect(fitLogisticRegression(examples, labels, fit)).toEqual(fitLogisticRegression(examples, labels, fit));
  });

  it('refuses examples without labels, and no examples', () => {
    expect(() => fitLogisticRegression(examples, [0], fit)).toThrow(RangeError);
    expect(() => fitLogisticRegression([], [], fit)).toThrow(RangeError);
  });

  it.each([
    ['en', 0.9, 0.95],
    ['zh', 0.9, 0.95],
  ] as const)(
    'reads of the unseen utterances in %s between %d and %d, from a bag of words',
    async (language, least, most) => {
      const { intents, train, unseen } = (await load(readDataset))[language];
      const bag = createBag(train.map(({ text }) => text));
      const model = fitLogisticRegression(
        train.map(({ text }) => readFeatures(text, bag)),
        train.map(({ label }) => label),
        { classes: intents.length, features: bag.size },
      );
      const right = unseen.filter(({ text, label }) => {
        const probabilities = classProbabilities(model, readFeatures(text, bag));
        return probabilities.indexOf(Math.max(...probabilities)) === label;
      });
      expect(right.length / unseen.length).toBeGreaterThanOrEqual(least);
      expect(right.length / unseen.length).toBeLessThanOrEqual(most);
    },
  );
});
