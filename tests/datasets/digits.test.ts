import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { firstOfEachClass } from '#datasets/dataset.ts';
import type { ImageSplits, ReadFile } from '#datasets/dataset.ts';
import { description, load } from '#datasets/digits/index.ts';
import { readDataset } from '../readFile.ts';

let digits: ImageSplits;
beforeAll(async () => {
  digits = await load(readDataset);
});

describe('the digits', () => {
  it('are the bytes whose sha256 the README states', () => {
    const { train, unseen } = digits;
    const hash = createHash('sha256');
    for (const part of [train.pixels, unseen.pixels, train.labels, unseen.labels]) hash.update(part);
    expect(hash.digest('hex')).toBe('fb350aae8cbd1967b111377bc163655d55856fb14db63fdb16f635b243cdb331');
  });

  it.each([
    ['train', 8000, 800],
    ['unseen', 2000, 200],
  ] as const)('to %s are %i pictures of 28x28, %i of each digit', (split, count, perDigit) => {
    const set = digits[split];
    expect(set).toMatchObject({ count, height: 28, width: 28 });
    expect(set.pixels).toHaveLength(count * 784);
    expect(set.labels).toHaveLength(count);
    expect(countLabels(set.labels)).toEqual(new Array(10).fill(perDigit));
  });

  it('have no picture in both splits', () => {
    const pictures = (split: 'train' | 'unseen') =>
      Array.from({ length: digits[split].count }, (_, i) =>
        Buffer.from(digits[split].pixels.subarray(i * 784, (i + 1) * 784)).toString('latin1'),
      );
    const learnt = new Set(pictures('train'));
    expect(pictures('unseen').filter((picture) => learnt.has(picture))).toEqual([]);
  });
});

describe('the first of each class', () => {
  it('come in turn, so that 30 neighbours show all ten digits three times', () => {
    const set = firstOfEachClass(digits.unseen, 10, 100);
    expect(set).toMatchObject({ count: 1000, height: 28, width: 28 });
    expect(countLabels(set.labels)).toEqual(new Array(10).fill(100));
    expect([...set.labels].every((label, example) => label === example % 10)).toBe(true);
  });

  it('keep each picture with its label, in the order of the file', () => {
    const { unseen } = digits;
    const set = firstOfEachClass(unseen, 10, 2);
    const sevens = [...unseen.labels.keys()].filter((example) => unseen.labels[example] === 7);
    const second = sevens[1] ?? -1;
    expect(set.pixels.subarray(17 * 784, 18 * 784)).toEqual(unseen.pixels.subarray(second * 784, (second + 1) * 784));
  });

  it('are refused where a class has too few', () => {
    expect(() => firstOfEachClass(digits.unseen, 10, 201)).toThrow(RangeError);
  });
});

describe('a data file', () => {
  const damagedFiles: [string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>, RegExp][] = [
    ['cut short by one byte', (bytes) => bytes.slice(0, -1), /expected 1617754 bytes, found 1617753$/],
    ['cut to a half', (bytes) => bytes.slice(0, bytes.length / 2), /found 808877$/],
    ['one byte longer', (bytes) => new Uint8Array([...bytes, 0]), /found 1617755$/],
    ['empty', () => new Uint8Array(0), /found 0$/],
    ['with its first byte changed', (bytes) => flipBit(bytes, 0), /expected CRC-32 50557302, found [0-9a-f]{8}$/],
    ['with one bit changed', (bytes) => flipBit(bytes, 1_000_000), /expected CRC-32 50557302, found [0-9a-f]{8}$/],
    ['with its last byte changed', (bytes) => flipBit(bytes, bytes.length - 1), /expected CRC-32 50557302/],
    [
      'replaced by a web page',
      () => new TextEncoder().encode('\n<!doctype html><title>Not found</title>'),
      /found 40 of a web page$/,
    ],
  ];

  it.each(damagedFiles)('%s is called damaged, with what was expected and found', async (_, damage, message) => {
    const readDamaged: ReadFile = async (file) => damage(new Uint8Array(await readDataset(file))).buffer;
    await expect(load(readDamaged)).rejects.toMatchObject({
      name: 'DatasetError',
      code: 'data-damaged',
      message: expect.stringMatching(message) as string,
    });
  });

  it('that cannot be read is called missing, with the reason', async () => {
    const refuse: ReadFile = () => Promise.reject(new Error('404 Not Found'));
    await expect(load(refuse)).rejects.toMatchObject({
      name: 'DatasetError',
      code: 'data-missing',
      message: `${description.file} could not be read: 404 Not Found`,
    });
  });

  it('loads after a damaged one', async () => {
    await expect(load(() => Promise.resolve(new ArrayBuffer(0)))).rejects.toThrow();
    await expect(load(readDataset)).resolves.toHaveProperty('train.count', 8000);
  });
});

function flipBit(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

function countLabels(labels: Uint8Array): number[] {
  return Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);
}
