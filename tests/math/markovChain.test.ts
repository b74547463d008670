import { expect, it } from 'vitest';
import { countClicks, countSession, markovNext, popularity } from '#src/math/markovChain.ts';

/** Item 3 stands for all without a number. */
const sessions = [
  [0, 1, 2],
  [0, 1],
  [1, 3, 0],
  [0, 0],
];

it('counts clicks and pairs of neighbours; what has no number is no pair', () => {
  const { clicks, pairs } = countClicks(sessions, 3);
  expect([...clicks]).toEqual([5, 3, 1]);
  expect([...pairs]).toEqual([1, 2, 0, 0, 0, 1, 0, 0, 0]);
});

it('makes popularity of counts, one click more for each item', () => {
  expect([...popularity(countClicks(sessions, 3))]).toEqual([6 / 12, 4 / 12, 2 / 12]);
  expect([...popularity(countClicks([], 4))]).toEqual([0.25, 0.25, 0.25, 0.25]);
});

it('makes a chain of pairs and of five pairs more that popularity shares out', () => {
  const counts = countClicks(sessions, 3);
  const expected = [1 + 5 / 2, 2 + 5 / 3, 0 + 5 / 6].map((share) => share / 8);
  for (const [item, share] of expected.entries()) expect(markovNext(counts, 0)[item]).toBeCloseTo(share, 12);
  expect([...markovNext(counts, 2)]).toEqual([...popularity(counts)]);
});

it('knows popularity alone before the first click and after an item without a number', () => {
  const counts = countClicks(sessions, 3);
  expect([...markovNext(counts, undefined)]).toEqual([...popularity(counts)]);
  expect([...markovNext(counts, 3)]).toEqual([...popularity(counts)]);
});

it('counts one session more as if it had been there', () => {
  const counts = countClicks(sessions, 3);
  countSession(counts, [2, 1]);
  expect(counts).toEqual(countClicks([...sessions, [2, 1]], 3));
});
