import { softmax } from '#src/math/softmax.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';

/** Numbers of tokens that stand for no token of their own, as the spec says, and the first that does. */
const [UNKNOWN, FIRST] = [1, 2];

/** A token of the sentence that is looked at. */
export interface ReadToken {
  text: string;
  /** Its place among the frequent tokens; negative for an unknown one. */
  place: number;
  isUnknown: boolean;
}

/** What the network makes of one sentence. */
export interface Reading {
  /** Those that the network reads: the last ones of a long sentence. */
  tokens: readonly ReadToken[];
  /** How many there are in all. */
  length: number;
  /** `[classes]`; absent: not known yet. */
  probabilities: readonly number[] | undefined;
  /** `[time, classes]`, only the tokens' part: what it would say if the sentence ended there. */
  course: NamedArray | undefined;
}

const decoder = new TextDecoder();

/** Texts of a snapshot, one a line. */
export function linesOf(array: NamedArray | undefined): readonly string[] {
  if (!array || array.values.length === 0) return [];
  return decoder.decode(Uint8Array.from(array.values)).split('\n');
}

/** @param vocabulary frequent tokens, for a sentence whose words were not told. */
export function readingOf(arrays: NamedArrays, vocabulary: readonly string[]): Reading {
  const { tokens: read, words: told, logits, course, length } = arrays;
  const [time = 0, parts = 1] = read?.shape ?? [];
  const numbers = Array.from({ length: time }, (_, at) => read?.values[at * parts] ?? 0);
  const words = linesOf(told);
  const count = told ? words.length : numbers.filter((number) => number > 0).length;
  const tokens = numbers.slice(time - count).map((number, at): ReadToken => {
    const text = words[at] ?? vocabulary[number - FIRST] ?? (number === UNKNOWN ? '?' : '…');
    return { text, place: number - FIRST, isUnknown: number === UNKNOWN };
  });
  return {
    tokens,
    length: length?.values[0] ?? count,
    probabilities: logits && logits.values.length > 0 ? softmax(logits.values) : undefined,
    course: lastSteps(course, count),
  };
}

/** Of values over time, `[time, …]`, only those of the last steps: in front stands padding. */
export function lastSteps(array: NamedArray | undefined, count: number): NamedArray | undefined {
  const [time = 0, width = 0] = array?.shape ?? [];
  if (!array || time === 0) return undefined;
  const kept = Math.min(count, time);
  return { shape: [kept, width], values: array.values.slice((time - kept) * width) };
}
