import { describe, expect, it } from 'vitest';
import { findNearCopies, similarity } from '#src/math/nearCopies.ts';

describe('how alike two texts are', () => {
  it('is 1 up to case, spaces and punctuation', () => {
    expect(similarity('Where is my order?', 'where ismy ORDER')).toBe(1);
    expect(similarity('可以开发票吗', '可以开发票吗？')).toBe(1);
  });

  it('is 0 where no three neighbouring characters are shared', () => {
    expect(similarity('abcd', 'dcba')).toBe(0);
  });

  it('is the shared part of all triples, ends included', () => {
    // " ab", "abc", "bc " and " ab", "abd", "bd ": one of five.
    expect(similarity('abc', 'abd')).toBeCloseTo(1 / 5, 12);
    // Of six and eight triples five are in both.
    expect(similarity('可以开发票吗', '个人可以开发票吗')).toBeCloseTo(5 / 9, 12);
  });
});

it('finds the pairs that are alike enough, by their places', () => {
  const found = findNearCopies(['refund please', 'my order'], ['my orders', 'a refund, please'], 0.5);
  expect(found.map(({ first, second }) => [first, second])).toEqual([
    [0, 1],
    [1, 0],
  ]);
});
