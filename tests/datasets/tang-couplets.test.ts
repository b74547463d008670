import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TextSplits } from '#datasets/dataset.ts';
import { counts, load } from '#datasets/tang-couplets/index.ts';
import type { Characters } from '#datasets/tang-couplets/index.ts';
import { readDataset } from '../readFile.ts';

const sizes: Characters[] = [400, 800];
const sets = new Map<Characters, TextSplits>();
beforeAll(async () => {
  for (const size of sizes) sets.set(size, await load(readDataset, size));
});

describe.each(sizes)('the couplets of the %i commonest characters', (size) => {
  const split = (name: 'train' | 'unseen') => sets.get(size)?.[name] ?? '';
  const lines = (name: 'train' | 'unseen') => split(name).split('\n').slice(0, -1);

  it(`are ${counts[size].train} to learn from and ${counts[size].unseen} unseen ones, each with its line end`, () => {
    for (const name of ['train', 'unseen'] as const) {
      expect(lines(name)).toHaveLength(counts[size][name]);
      expect(split(name)).toHaveLength(counts[size][name] * 13);
    }
  });

  it('are all five characters, a comma, five characters and a full stop', () => {
    const broken = [...lines('train'), ...lines('unseen')].filter(
      (line) => !/^\p{Script=Han}{5}，\p{Script=Han}{5}。$/u.test(line),
    );
    expect(broken).toEqual([]);
  });

  it(`use ${size} Han characters`, () => {
    const characters = new Set((split('train') + split('unseen')).replace(/[，。\n]/g, ''));
    expect(characters.size).toBe(size);
  });

  it('have no couplet twice, so none is both learnt and unseen', () => {
    expect(new Set([...lines('train'), ...lines('unseen')]).size).toBe(counts[size].train + counts[size].unseen);
  });
});

describe('the 400 and the 800 commonest characters', () => {
  it('give texts of these sha256 when every tenth couplet is put back into its place', () => {
    expect(sizes.map((size) => sha256(merge(sets.get(size))))).toEqual([
      'db0888949110fb81b74c9c5db245d088344b482259d85e1c7b12b8ca77eaedf0',
      'f55c0bec5c7a23768ba70b67422ca3242dc70e64900e24863c9a7d9dce1ebb22',
    ]);
  });

  it('are the larger set where nothing else is asked for', async () => {
    await expect(load(readDataset)).resolves.toEqual(sets.get(800));
  });
});

function merge({ train, unseen }: TextSplits = { train: '', unseen: '' }): string {
  const learnt = train.split('\n').slice(0, -1);
  const held = unseen.split('\n').slice(0, -1);
  const merged = Array.from({ length: learnt.length + held.length }, (_, index) =>
    index % 10 === 9 ? held[(index - 9) / 10] : learnt[index - Math.floor(index / 10)],
  );
  return merged.map((line) => `${line}\n`).join('');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
