import { countCharacters, createVocabulary, type Vocabulary } from '#src/math/characters.ts';

/** The largest text, in bytes of UTF-8: one megabyte. */
export const mostBytes = 2 ** 20;

/** The shortest text worth learning from, in characters. */
export const leastCharacters = 500;

/** How many symbols a text can have, the unknown among them; its rarest characters are read as unknown. */
export const mostSymbols = 1000;

/** Why a text cannot be learnt from. */
export type OwnTextProblem =
  | { name: 'empty' }
  | { name: 'too-short'; characters: number; least: number }
  | { name: 'one-character'; character: string; characters: number }
  | { name: 'too-large'; bytes: number; most: number }
  /** Bytes of something else than text, or text that is full of control characters. */
  | { name: 'binary' }
  /** `line` is the first that holds bytes which are not UTF-8, counted from 1. */
  | { name: 'not-utf8'; line: number };

/** What a reader should know of a text before a network learns from it. Counts are of code points. */
export interface OwnTextFacts {
  characters: number;
  lines: number;
  /** Characters to learn from, and characters that come after them and are never learnt from. */
  train: number;
  unseen: number;
  /** Different characters to learn; the unknown is not counted. */
  kinds: number;
  /** Different characters of the text to learn from that are too rare for the vocabulary. */
  rareKinds: number;
  /** Characters of the text to learn from, and of the unseen text, that are read as unknown. */
  trainUnknown: number;
  unseenUnknown: number;
  /** Marks, joiners and modifiers, which belong to the character before them and yet are characters of their own. */
  joined: number;
  /** Control characters, halves of characters and the like, which were taken out. */
  removed: number;
  /** The direction of most of its letters. */
  direction: 'ltr' | 'rtl';
}

/** A text that can be learnt from. */
export interface OwnText {
  /** Normalized (NFC), its lines ended by `\n`, without what cannot be seen or shown. */
  text: string;
  vocabulary: Vocabulary;
  facts: OwnTextFacts;
  problem?: undefined;
}

/**
 * Makes of what a reader brought a text to learn from, or says what is wrong with it. The text it gives comes through
 * unchanged when it is read again.
 *
 * @param source text that was pasted, or the bytes of a file: UTF-8, or UTF-16 with a byte order mark.
 */
export function readOwnText(source: string | Uint8Array): OwnText | { problem: OwnTextProblem } {
  const bytes = typeof source === 'string' ? countBytes(source) : source.length;
  if (isTooLarge(bytes, source)) return { problem: { name: 'too-large', bytes, most: mostBytes } };
  const decoded = typeof source === 'string' ? source : decodeBytes(source);
  if (typeof decoded !== 'string') return { problem: decoded };
  const withLines = decoded.replace(lineEnds, '\n');
  const visible = withLines.replace(invisible, '');
  const removed = withLines.length - visible.length;
  if (removed > withLines.length / 100 && /\S/.test(visible)) return { problem: { name: 'binary' } };
  const text = trimLines(visible.normalize('NFC'));
  // NFC makes some characters longer, and what was UTF-16 is now counted in UTF-8.
  const written = countBytes(text);
  if (isTooLarge(written, text)) return { problem: { name: 'too-large', bytes: written, most: mostBytes } };
  return examine(text, removed);
}

/**
 * The parts of a text that `readOwnText` gave: about the last tenth is unseen, from a line's begin where there is one.
 */
export function splitOwnText(text: string): { train: string; unseen: string } {
  const least = Math.floor(text.length * 0.9);
  const lineEnd = text.indexOf('\n', least);
  if (lineEnd >= 0 && lineEnd < text.length * 0.95) return cut(text, lineEnd + 1);
  return cut(text, isSecondHalf(text.charCodeAt(least)) ? least + 1 : least);
}

const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** Control characters but tab and line end, lone surrogates, byte order marks, and marks that turn the direction of all that follows. */
const invisible = /(?![\t\n])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}|[\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** No space, joiner, soft hyphen or the like. */
const visibly = /[^\s\p{Default_Ignorable_Code_Point}]/u;

const joining = /^[\p{M}\p{Emoji_Modifier}\u200d]$/u;

const rightToLeft =
  /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]$/u;

function countBytes(text: string): number {
  return text.length > mostBytes / 4 ? new TextEncoder().encode(text).length : text.length;
}

/** A text whose last line has no end is given one, which may be a byte too many. */
function isTooLarge(bytes: number, source: string | Uint8Array): boolean {
  return bytes - (typeof source === 'string' && source.endsWith('\n') ? 1 : 0) > mostBytes;
}

function decodeBytes(bytes: Uint8Array): string | OwnTextProblem {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) return { name: 'binary' };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const [readable = ''] = new TextDecoder().decode(bytes).split('�');
    return { name: 'not-utf8', line: readable.replace(lineEnds, '\n').split('\n').length };
  }
}

/** Without empty lines at begin and end, the last line ended by `\n`; empty if nothing can be seen. */
function trimLines(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed === '' ? '' : `${trimmed.replace(/^\n+/, '')}\n`;
}

function examine(text: string, removed: number): OwnText | { problem: OwnTextProblem } {
  const { train, unseen } = splitOwnText(text);
  const trainCounts = countCharacters(train);
  const unseenCounts = countCharacters(unseen);
  const counts = [...trainCounts, ...unseenCounts];
  const countOf = (isMeant: (character: string) => boolean, within: Iterable<[string, number]> = counts) =>
    sum(Array.from(within, ([character, count]) => (isMeant(character) ? count : 0)));
  const characters = countOf(() => true);
  const visible = new Set(counts.flatMap(([character]) => (visibly.test(character) ? character : [])));
  const [only] = visible;
  if (only === undefined) return { problem: { name: 'empty' } };
  if (characters < leastCharacters) return { problem: { name: 'too-short', characters, least: leastCharacters } };
  if (visible.size === 1) return { problem: { name: 'one-character', character: only, characters } };

  const vocabulary = createVocabulary(trainCounts, mostSymbols);
  const isUnknown = (character: string) => !vocabulary.symbols.has(character);
  const letters = countOf((character) => /\p{L}/u.test(character));
  const facts: OwnTextFacts = {
    characters,
    lines: countOf((character) => character === '\n'),
    train: countOf(() => true, trainCounts),
    unseen: countOf(() => true, unseenCounts),
    kinds: vocabulary.symbols.size,
    rareKinds: trainCounts.size - vocabulary.symbols.size,
    trainUnknown: countOf(isUnknown, trainCounts),
    unseenUnknown: countOf(isUnknown, unseenCounts),
    joined: countOf((character) => joining.test(character)),
    removed,
    direction: countOf((character) => rightToLeft.test(character)) > letters / 2 ? 'rtl' : 'ltr',
  };
  return { text, vocabulary, facts };
}

function cut(text: string, at: number): { train: string; unseen: string } {
  return { train: text.slice(0, at), unseen: text.slice(at) };
}

function isSecondHalf(codeUnit: number): boolean {
  return codeUnit >= 0xdc00 && codeUnit < 0xe000;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
}
