import { isHan } from '#src/math/characters.ts';
import type { Signal } from '../spec.ts';

/** Where a place of a text is, told from the text alone. */
type Measure = (characters: readonly string[], at: number) => number;

const isPause = (character = '') => /^[\p{P}\n]$/u.test(character) && !/^['’-]$/.test(character);
const isGap = (character = '') => character === '\n' || character === ' ' || isPause(character);
const isStop = (character = '') => /^[。！？]$/.test(character);

/** What a unit may keep track of after having read the character at a place. */
export const measures: Readonly<Record<Signal, Measure>> = {
  /** 1 inside a quotation. */
  quotes: (characters, at) => {
    const start = characters.lastIndexOf('\n', at) + 1;
    return characters.slice(start, at + 1).reduce((open, character) => {
      if ('“「『'.includes(character)) return 1;
      if ('”」』'.includes(character)) return 0;
      return character === '"' ? 1 - open : open;
    }, 0);
  },
  /** 1 where the line ends next. */
  'line-end': (characters, at) => (characters[at + 1] === '\n' ? 1 : 0),
  /** Characters since the line began, up to 100. */
  'line-position': (characters, at) => since(characters, at, (character) => character === '\n', 100),
  /** 1 where the word ends next. */
  'word-end': (characters, at) => (isGap(characters[at + 1]) && !isGap(characters[at]) ? 1 : 0),
  /** Characters since the word began, up to 12. */
  'word-position': (characters, at) => since(characters, at, isGap, 12),
  /** Characters since the last punctuation mark or line end, up to 50. */
  'clause-position': (characters, at) => since(characters, at, isPause, 50),
  /** 1 from a comma to the end of the line: the second half of a couplet. */
  'second-half': (characters, at) =>
    since(characters, at, (character) => '，,'.includes(character), 60) <
    since(characters, at, (character) => character === '\n', 60)
      ? 1
      : 0,
  /** 1 where the rhyme comes next: the last Han character before a full stop. */
  rhyme: (characters, at) => (isHan(characters[at + 1] ?? '') && isStop(characters[at + 2]) ? 1 : 0),
};

function since(characters: readonly string[], at: number, isStart: (character: string) => boolean, most: number) {
  for (let distance = 0; distance < most; distance += 1) {
    const character = characters[at - distance];
    if (character === undefined || isStart(character)) return distance;
  }
  return most;
}

/**
 * How two series go along with each other, from -1 to 1.
 *
 * @param stride of `values`, from `offset` on.
 * @returns Pearson's correlation; 0 if one of them is constant.
 */
export function correlation(signal: Float32Array, values: Float32Array, offset = 0, stride = 1): number {
  const count = signal.length;
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
  for (let at = 0; at < count; at += 1) {
    const x = signal[at] ?? 0;
    const y = values[offset + at * stride] ?? 0;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumYY += y * y;
    sumXY += x * y;
  }
  const spread = (count * sumXX - sumX * sumX) * (count * sumYY - sumY * sumY);
  const rounding = 1e-12 * count ** 4;
  return spread > rounding ? (count * sumXY - sumX * sumY) / Math.sqrt(spread) : 0;
}
