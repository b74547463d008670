/** How a sentence becomes numbers: words in English, characters in Chinese. */

/** What stands before a short sentence, and what stands for all that no sentence had to learn from. */
export const PADDING = 0;
export const UNKNOWN = 1;
export const RESERVED = 2;

/** Each token has two numbers: its own, and one that it shares with its kin; where there is none, that of padding. */
export const PARTS = 2;

export interface Token {
  /** As it was written. */
  text: string;
  /** As the network tells it from others: in small letters, every number the same. */
  key: string;
  /** Of a word its beginning, which its other forms share; of a character the pair with the one before. */
  kin: string;
}

/** Control and format characters are nothing to read. */
const words = /\p{N}+(?:[.,:]\p{N}+)*|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|[^\s\p{C}\p{L}\p{M}\p{N}]/gu;
const characters = /\p{N}+(?:[.,:]\p{N}+)*|\p{Script=Han}|[^\P{L}\p{Script=Han}]+|[^\s\p{C}\p{L}\p{N}]/gu;

/** Letters of a word's beginning: refund, refunds and refunded share "refu". */
const BEGINNING = 4;

export function tokensOf(sentence: string, language: string): Token[] {
  const isChinese = language === 'zh';
  const found = sentence.normalize('NFKC').match(isChinese ? characters : words) ?? [];
  const keys = found.map((text) => (/^\p{N}/u.test(text) ? '#' : text.toLowerCase().replaceAll('’', "'")));
  return found.map((text, at) => {
    const key = keys[at] ?? '';
    return { text, key, kin: isChinese ? `${keys[at - 1] ?? '^'}${key}` : `${key.slice(0, BEGINNING)}…` };
  });
}

export interface Vocabulary {
  /** Numbers in use, those of kin included. */
  size: number;
  /** The tokens of more than one sentence, the most frequent first: they have the first numbers after the two reserved ones. */
  frequent: readonly string[];
  numbersOf(token: Token): readonly [own: number, kin: number];
}

/** Every token of these sentences, and the kin of more than one: those of one would be the token once more. */
export function createVocabulary(sentences: readonly (readonly Token[])[]): Vocabulary {
  const keys = byFrequency(sentences.map((sentence) => sentence.map(({ key }) => key)));
  const kin = byFrequency(sentences.map((sentence) => sentence.map((token) => token.kin))).filter(isShared);
  const numbers = numbered(keys, RESERVED);
  const kinNumbers = numbered(kin, RESERVED + keys.length);
  return {
    size: RESERVED + keys.length + kin.length,
    frequent: keys.filter(isShared).map(([key]) => key),
    numbersOf: (token) => [numbers.get(token.key) ?? UNKNOWN, kinNumbers.get(token.kin) ?? PADDING],
  };
}

/** In how many of the lists each stands. */
function byFrequency(lists: readonly (readonly string[])[]): [key: string, count: number][] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const key of new Set(list)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
}

const isShared = ([, count]: readonly [string, number]) => count > 1;

function numbered(keys: readonly [string, number][], from: number): Map<string, number> {
  return new Map(keys.map(([key], at) => [key, from + at]));
}

/**
 * The last `time` tokens of a sentence as numbers, with padding in front, so that the last state is the sentence's.
 *
 * @returns `[time, PARTS]`
 */
export function encode(tokens: readonly Token[], vocabulary: Vocabulary, time: number): Int32Array {
  const read = tokens.slice(-time).map((token) => vocabulary.numbersOf(token));
  const numbers = new Int32Array(time * PARTS).fill(PADDING);
  numbers.set(read.flat(), (time - read.length) * PARTS);
  return numbers;
}
