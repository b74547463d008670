import { describe, expect, it } from 'vitest';
import { crossEntropy, softmax } from '#src/math/softmax.ts';

describe('softmax', () => {
  it('turns logits 0, ln 2, ln 5 into 1/8, 2/8, 5/8', () => {
    const [a, b, c] = softmax([0, Math.log(2), Math.log(5)]);
    expect(a).toBeCloseTo(1 / 8, 15);
    expect(b).toBeCloseTo(2 / 8, 15);
    expect(c).toBeCloseTo(5 / 8, 15);
  });

  it('does not overflow, and does not change when all logits move by the same', () => {
    expect(softmax([1000, 1001])).toEqual(softmax([0, 1]));
    expect(softmax([-5000, 5000])).toEqual([0, 1]);
  });
});

describe('cross-entropy', () => {
  it('of ten equal logits is ln 10', () => {
    expect(crossEntropy(new Float32Array(10), 3)).toBeCloseTo(Math.LN10, 15);
  });

  it('is minus the logarithm of the probability of the true class', () => {
    const logits = [2, -1, 0.5];
    expect(crossEntropy(logits, 1)).toBeCloseTo(-Math.log(softmax(logits)[1] ?? Number.NaN), 14);
  });

  it('stays exact where the probability is 0 in floating point', () => {
    expect(crossEntropy([0, 5000], 0)).toBe(5000);
    expect(crossEntropy([5000, 0], 0)).toBe(0);
  });

  it('has the gradient softmax minus one-hot', () => {
    const logits = [0.3, -1.2, 2];
    const numeric = logits.map((_, i) => {
      const moved = (by: number) =>
        crossEntropy(
          logits.map((logit, j) => (i === j ? logit + by : logit)),
          2,
        );
      return (moved(1e-5) - moved(-1e-5)) / 2e-5;
    });
    softmax(logits).forEach((probability, i) => {
      expect(numeric[i]).toBeCloseTo(probability - (i === 2 ? 1 : 0), 9);
    });
  });

  it('of a class that does not exist is refused', () => {
    expect(() => crossEntropy([0, 0], 2)).toThrow(RangeError);
  });
});
