import { beforeAll, describe, expect, it } from 'vitest';
import { load, type UtteranceSplits, type Utterances } from '#datasets/utterances/index.ts';
import { findNearCopies } from '#src/math/nearCopies.ts';
import { readDataset } from '../readFile.ts';

let utterances: Utterances;
beforeAll(async () => {
  utterances = await load(readDataset);
});

const perIntent = (set: UtteranceSplits, split: 'train' | 'unseen') =>
  set.intents.map((_, intent) => set[split].filter(({ label }) => label === intent).length);

describe.each(['en', 'zh'] as const)('the utterances in %s', (language) => {
  it('are ten intents with 80 wordings to learn from and 20 unseen ones each, in turn', () => {
    const set = utterances[language];
    expect(new Set(set.intents).size).toBe(10);
    expect(perIntent(set, 'train')).toEqual(new Array(10).fill(80));
    expect(perIntent(set, 'unseen')).toEqual(new Array(10).fill(20));
    for (const split of ['train', 'unseen'] as const) {
      expect(set[split].every(({ label }, place) => label === place % 10)).toBe(true);
    }
  });

  it('have no near-copies on both sides: no two share half of their triples of characters', () => {
    const { train, unseen } = utterances[language];
    const texts = (part: typeof train) => part.map(({ text }) => text);
    const copies = findNearCopies(texts(unseen), texts(train), 0.5);
    expect(copies.map(({ first, second }) => [unseen[first]?.text, train[second]?.text])).toEqual([]);
  });

  it('are no copies of each other at all', () => {
    const all = [...utterances[language].train, ...utterances[language].unseen].map(({ text }) => text);
    const same = findNearCopies(all, all, 0.7).filter(({ first, second }) => first < second);
    expect(same.map(({ first, second }) => [all[first], all[second]])).toEqual([]);
  });
});

it('are as long as what people type: up to 25 words or 40 characters', () => {
  const texts = (language: 'en' | 'zh') =>
    [...utterances[language].train, ...utterances[language].unseen].map(({ text }) => text);
  const words = texts('en').map((text) => text.split(' ').length);
  const characters = texts('zh').map((text) => text.length);
  expect(Math.max(...words)).toBeLessThanOrEqual(25);
  expect(Math.max(...characters)).toBeLessThanOrEqual(40);
  expect(Math.min(...characters)).toBeGreaterThan(1);
});

it('are written in each language on its own', () => {
  for (const { text } of [...utterances.en.train, ...utterances.en.unseen]) expect(text).not.toMatch(/\p{Script=Han}/u);
  for (const { text } of [...utterances.zh.train, ...utterances.zh.unseen]) expect(text).toMatch(/\p{Script=Han}/u);
});
