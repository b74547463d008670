import { load as loadProse } from '#datasets/moby-dick/index.ts';
import { load as loadCouplets } from '#datasets/tang-couplets/index.ts';
import type { ReadFile, TextSplits } from '#datasets/dataset.ts';
import { createVocabulary, encode, isHan, unknown, unknownCharacter, type Vocabulary } from '#src/math/characters.ts';
import { bitsPerSymbol, countNgrams } from '#src/math/ngram.ts';
import { mostSymbols, readOwnText, splitOwnText } from '#src/math/ownText.ts';

/** A text to learn from, as symbols. */
export interface Corpus {
  vocabulary: Vocabulary;
  /** `[length]` each. */
  train: Int32Array;
  unseen: Int32Array;
  /** Where a window may begin; everywhere, if its lines are longer than windows. */
  lineStarts: Record<'train' | 'unseen', Int32Array>;
  /** `[vocabulary]`, 1 for symbols whose bits are counted: known ones, in verse of the book Han characters alone. */
  counted: Float32Array;
}

export type Corpora = Readonly<Record<string, Corpus>>;

export async function loadCorpora(readFile: ReadFile): Promise<Corpora> {
  const [prose, couplets, few] = await Promise.all([
    loadProse(readFile),
    loadCouplets(readFile),
    loadCouplets(readFile, 400),
  ]);
  return {
    'moby-dick': createCorpus(prose),
    couplets: createCorpus(couplets, isHan),
    'few-couplets': createCorpus(few, isHan),
  };
}

/**
 * The reader's own text, its last tenth unseen.
 *
 * @throws RangeError if nothing can be learnt from it.
 */
export function corpusOf(own: string): Corpus {
  const read = readOwnText(own);
  if (read.problem) throw new RangeError(`Nothing can be learnt from this text: ${read.problem.name}.`);
  return createCorpus(splitOwnText(read.text));
}

/** Half a character, which no text can show, is an unknown one; what looks the same is written the same. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, unknownCharacter).normalize('NFC');
}

function createCorpus({ train, unseen }: TextSplits, isCounted = (_character: string) => true): Corpus {
  const vocabulary = createVocabulary(train, mostSymbols);
  const { characters, symbols } = vocabulary;
  const lineEnd = symbols.get('\n');
  const encoded = { train: encode(train, vocabulary), unseen: encode(unseen, vocabulary) };
  return {
    vocabulary,
    ...encoded,
    lineStarts: { train: startsOf(encoded.train, lineEnd), unseen: startsOf(encoded.unseen, lineEnd) },
    counted: Float32Array.from(characters, (character, symbol) => (symbol !== unknown && isCounted(character) ? 1 : 0)),
  };
}

function startsOf(symbols: Int32Array, lineEnd: number | undefined): Int32Array {
  const starts = [0];
  symbols.forEach((symbol, at) => {
    if (symbol === lineEnd) starts.push(at + 1);
  });
  return Int32Array.from(starts);
}

/**
 * How many bits n-gram models need for the unseen symbols that the network is asked for, on average.
 *
 * @param isAsked `[unseen]`, 1 where it is; of those the symbols that are counted.
 * @returns `[order]`, n from 1 to 4; NaN if no symbol is counted.
 */
export function bitsOfNgrams({ vocabulary, train, unseen, counted }: Corpus, isAsked: Uint8Array): Float32Array {
  const counts = countNgrams(train, vocabulary.characters.length, 4);
  const isCounted = (symbol: number, at: number) => isAsked[at] === 1 && counted[symbol] === 1;
  return Float32Array.from([1, 2, 3, 4], (order) => bitsPerSymbol(counts, order, unseen, isCounted));
}
