import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TextSplits } from '#datasets/dataset.ts';
import { characters, load } from '#datasets/moby-dick/index.ts';
import { readDataset } from '../readFile.ts';

let novel: TextSplits;
beforeAll(async () => {
  novel = await load(readDataset);
});

describe('Moby-Dick', () => {
  it('is the bytes whose sha256 the README states', () => {
    const sha256 = createHash('sha256')
      .update(novel.train + novel.unseen)
      .digest('hex');
    expect(sha256).toBe('bd49a7f4a4626dba569c1e05179cd3ee55c7bbc53134be7d35ddf948b0e94b2c');
  });

  it('has 1,100,000 characters to learn from and 50,000 unseen ones', () => {
    expect(novel.train).toHaveLength(1_100_000);
    expect(novel.unseen).toHaveLength(50_000);
  });

  it('is written in 49 characters, and all of them can be learnt', () => {
    expect([...new Set(novel.train)].sort().join('')).toBe(characters);
    expect(characters).toHaveLength(49);
    expect([...new Set(novel.unseen)].filter((character) => !characters.includes(character))).toEqual([]);
  });

  it('has one paragraph a line: no empty lines, no spaces at an end, none doubled', () => {
    expect(novel.train).toMatch(/^chapter 1\. loomings\.\ncall me ishmael\. /);
    expect(novel.train + novel.unseen).not.toMatch(/\n\n| \n|\n | {2}/);
  });

  it('keeps later chapters unseen', () => {
    const chapters = (text: string) => [...text.matchAll(/^chapter (\d+)\./gm)].map(([, number]) => Number(number));
    expect(chapters(novel.train)).toEqual(Array.from({ length: 129 }, (_, index) => index + 1));
    expect(chapters(novel.unseen)).toEqual([130, 131, 132, 133, 134]);
  });
});
