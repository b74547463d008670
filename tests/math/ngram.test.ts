import { describe, expect, it } from 'vitest';
import { load as loadNovel } from '#datasets/moby-dick/index.ts';
import { load as loadCouplets } from '#datasets/tang-couplets/index.ts';
import { createVocabulary, encode, isHan } from '#src/math/characters.ts';
import { KneserNey, bitsPerSymbol, countNgrams } from '#src/math/ngram.ts';
import { createRandom } from '#src/nn/random.ts';
import { readDataset } from '../readFile.ts';

/** Interpolated Kneser-Ney as the equations have it, every count made anew from the text. */
function slowProbability(
  text: readonly number[],
  vocabulary: number,
  context: readonly number[],
  symbol: number,
  isHighest = true,
): number {
  const shorter = () =>
    context.length === 0 ? 1 / vocabulary : slowProbability(text, vocabulary, context.slice(1), symbol, false);
  const count = (next: number) => {
    const places = findPlaces(text, [...context, next]);
    return isHighest ? places.length : new Set(places.filter((at) => at > 0).map((at) => text[at - 1])).size;
  };
  const counts = Array.from({ length: vocabulary }, (_, next) => count(next));
  const total = counts.reduce((sum, each) => sum + each, 0);
  if (total === 0) return shorter();
  const distinct = counts.filter((each) => each > 0).length;
  return Math.max((counts[symbol] ?? 0) - 0.75, 0) / total + ((0.75 * distinct) / total) * shorter();
}

function findPlaces(text: readonly number[], ngram: readonly number[]): number[] {
  return [...text.keys()].filter((at) => ngram.every((symbol, index) => text[at + index] === symbol));
}

/** Symbols of which some follow others more often, the last of the vocabulary never. */
function makeText(seed: number, length: number, vocabulary: number): number[] {
  const random = createRandom(seed, 'ngram');
  const text: number[] = [];
  while (text.length < length) {
    const before = text.at(-1) ?? 0;
    text.push(random.uniform() < 0.6 ? (2 * before + 1) % (vocabulary - 1) : random.integer(vocabulary - 1));
  }
  return text;
}

describe('interpolated Kneser-Ney', () => {
  const vocabulary = 6;
  const text = makeText(1, 120, vocabulary);
  const unseen = [...makeText(2, 40, vocabulary), 5, 5, 0, 5, 1, 2];
  const counts = countNgrams(text, vocabulary);

  it.each([1, 2, 3, 4])('of order %i gives the probabilities of a slow count, after any context', (order) => {
    const model = new KneserNey(counts, order);
    unseen.forEach((symbol, position) => {
      const context = unseen.slice(Math.max(0, position - order + 1), position);
      for (let next = 0; next < vocabulary; next++) {
        const expected = slowProbability(text, vocabulary, context, next, context.length === order - 1);
        expect(model.probability(next)).toBeCloseTo(expected, 12);
      }
      model.read(symbol);
    });
  });

  it.each([1, 2, 3, 4])('of order %i spreads exactly 1 over the vocabulary, and forgets no symbol', (order) => {
    const model = new KneserNey(counts, order);
    for (const symbol of unseen) {
      const probabilities = Array.from({ length: vocabulary }, (_, next) => model.probability(next));
      expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...probabilities)).toBeGreaterThan(0);
      model.read(symbol);
    }
  });

  it('takes the mean of the bits over the symbols that count, and reads the others', () => {
    const isEven = (symbol: number) => symbol % 2 === 0;
    const bits = unseen.map(
      (symbol, position) =>
        -Math.log2(
          slowProbability(text, vocabulary, unseen.slice(Math.max(0, position - 1), position), symbol, position > 0),
        ),
    );
    const even = bits.filter((_, position) => isEven(unseen[position] ?? 1));
    expect(bitsPerSymbol(counts, 2, unseen)).toBeCloseTo(bits.reduce((a, b) => a + b, 0) / bits.length, 12);
    expect(bitsPerSymbol(counts, 2, unseen, isEven)).toBeCloseTo(even.reduce((a, b) => a + b, 0) / even.length, 12);
    expect(bitsPerSymbol(counts, 2, unseen, () => false)).toBeNaN();
  });

  it('counts a text of one symbol, and one shorter than the order', () => {
    expect(bitsPerSymbol(countNgrams([3], 4), 1, [3])).toBeCloseTo(-Math.log2(0.25 + 0.75 / 4), 12);
    expect(bitsPerSymbol(countNgrams([3], 4), 4, [3])).toBeCloseTo(2, 12);
    expect(bitsPerSymbol(countNgrams([], 4), 4, [3])).toBeCloseTo(2, 12);
    expect(bitsPerSymbol(countNgrams(new Array<number>(50).fill(0), 2), 1, [0, 0])).toBeCloseTo(-Math.log2(0.9925), 12);
  });

  it('refuses what it cannot count', () => {
    expect(() => countNgrams([0, 4], 4)).toThrow('4 is none of 4 symbols');
    expect(() => countNgrams([0.5], 4)).toThrow(RangeError);
    expect(() => countNgrams({ length: 2 ** 22 }, 1024)).toThrow('4194304 symbols of 1024 kinds are too many');
    expect(() => bitsPerSymbol(counts, 4, [6])).toThrow('6 is none of 6 symbols');
    expect(() => new KneserNey(counts, 5)).toThrow('n-grams of length 5 were not counted');
  });
});

describe('bits per character on unseen text', () => {
  it.each([
    [1_100_000, [4.308, 3.438, 2.823, 2.317]],
    [300_000, [4.311, 3.453, 2.884, 2.449]],
  ])('of Moby-Dick after %i characters, by order', async (length, expected) => {
    const { train, unseen } = await loadNovel(readDataset);
    const learnt = train.slice(0, length);
    const vocabulary = createVocabulary(learnt);
    const counts = countNgrams(encode(learnt, vocabulary), vocabulary.characters.length);
    const bits = [1, 2, 3, 4].map((order) => bitsPerSymbol(counts, order, encode(unseen, vocabulary)));
    expect(bits.map((each) => Number(each.toFixed(3)))).toEqual(expected);
  });

  it.each([
    [400, [7.438, 6.261, 6.221, 6.261], [8.559, 7.583, 7.548, 7.607]],
    [800, [8.023, 6.638, 6.543, 6.581], [9.32, 8.106, 8.019, 8.078]],
  ] as const)('of couplets of %i characters, of all symbols and of Han characters only', async (size, all, han) => {
    const { train, unseen } = await loadCouplets(readDataset, size);
    const vocabulary = createVocabulary(train);
    const counts = countNgrams(encode(train, vocabulary), vocabulary.characters.length);
    const symbols = encode(unseen, vocabulary);
    const isHanSymbol = (symbol: number) => isHan(vocabulary.characters[symbol] ?? '');
    const round = (bits: number) => Number(bits.toFixed(3));
    expect([1, 2, 3, 4].map((order) => round(bitsPerSymbol(counts, order, symbols)))).toEqual(all);
    expect([1, 2, 3, 4].map((order) => round(bitsPerSymbol(counts, order, symbols, isHanSymbol)))).toEqual(han);
  });
});
