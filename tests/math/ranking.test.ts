import { expect, it } from 'vitest';
import { bestItems, rankingQuality, rankOf } from '#src/math/ranking.ts';
import { createRandom } from '#src/nn/random.ts';

it('finds the place that the item has when the list is sorted and written out', () => {
  const random = createRandom(1, 'scores');
  for (let round = 0; round < 200; round += 1) {
    // Few different scores, so that many are equal.
    const scores = Array.from({ length: 12 }, () => random.integer(5));
    const leftOut = [random.integer(12), random.integer(12), 40];
    const list = scores
      .map((score, item) => ({ score, item }))
      .filter(({ item }) => !leftOut.includes(item))
      .sort((one, other) => (other.score === one.score ? one.item - other.item : other.score - one.score));
    expect(bestItems(scores, 5, leftOut)).toEqual(list.slice(0, 5).map(({ item }) => item));
    for (const [place, { item }] of list.entries()) expect(rankOf(scores, item, leftOut)).toBe(place + 1);
  }
});

it('measures the page’s example: ranks 1, 4 and 20', () => {
  const { hitRate10, meanReciprocalRank } = rankingQuality([1, 4, 20]);
  expect(hitRate10).toBeCloseTo(2 / 3, 12);
  expect(meanReciprocalRank).toBeCloseTo((1 + 0.25 + 0.05) / 3, 12);
});

it('takes the tenth place for a hit and the eleventh for none', () => {
  expect(rankingQuality([10]).hitRate10).toBe(1);
  expect(rankingQuality([11]).hitRate10).toBe(0);
});

it('measures nothing without lists', () => {
  expect(rankingQuality([])).toEqual({ hitRate10: NaN, meanReciprocalRank: NaN });
});
