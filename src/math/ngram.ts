import { NgramTable } from '#src/math/ngramTable.ts';

/** Taken from every count, for the shorter contexts to share out. */
export const discount = 0.75;

/** What follows each context, counted in one of two ways. */
interface Followers {
  /** `[n-grams]`, the count of each. */
  counts: Uint32Array;
  /** `[contexts]`, the sum of the counts of all that follows it. */
  totals: Uint32Array;
  /** `[contexts]`, how many different symbols follow it. */
  distinct: Uint32Array;
}

/** The n-grams of one length. */
interface Level {
  /** Ids by context * vocabulary + symbol; the context is an id of the level below, 0 at the lowest. */
  table: NgramTable;
  /** How often each occurs: counts where nothing longer was asked. */
  occurrences: Followers;
  /** After how many different symbols each occurs: counts where a longer context had to be shortened. */
  continuations: Followers;
}

/** All n-grams of a text up to a length. */
export interface NgramCounts {
  /** How many symbols can be predicted: whole numbers below this. */
  vocabulary: number;
  /** `[order]`, the n-grams of length 1, 2 ... */
  levels: readonly Level[];
}

/**
 * Counts the n-grams of a text.
 *
 * @param symbols `[length]`, whole numbers from 0 to `vocabulary` - 1.
 * @param vocabulary how many symbols can be predicted, those that never occur in this text among them.
 * @param order the longest n-gram's length.
 * @throws RangeError if a symbol is outside the vocabulary, or length * vocabulary is not below 2^32.
 */
export function countNgrams(symbols: ArrayLike<number>, vocabulary: number, order = 4): NgramCounts {
  const { length } = symbols;
  if (length * vocabulary >= 2 ** 32) throw new RangeError(`${length} symbols of ${vocabulary} kinds are too many`);
  const tables = Array.from({ length: order }, () => new NgramTable());
  const occurrences = tables.map((_, level) => new Uint32Array(Math.min(length, vocabulary ** (level + 1))));
  const continuations = occurrences.map((counts) => new Uint32Array(counts.length));
  // The ids of the n-grams that end at a position, by length; that of length 0 is 0.
  let before = new Int32Array(order + 1);
  let here = new Int32Array(order + 1);
  for (let position = 0; position < length; position++) {
    const symbol = checkSymbol(symbols[position], vocabulary);
    const longest = Math.min(order, position + 1);
    for (let level = 0; level < longest; level++) {
      const table = tables[level] as NgramTable;
      const known = table.size;
      const id = table.add((before[level] ?? 0) * vocabulary + symbol);
      increase(occurrences[level], id);
      if (level > 0 && table.size > known) increase(continuations[level - 1], here[level] ?? 0);
      here[level + 1] = id;
    }
    [before, here] = [here, before];
  }
  const levels = tables.map((table, level) => {
    const contexts = level === 0 ? 1 : (tables[level - 1]?.size ?? 0);
    const follow = (counts: Uint32Array[]) => sumFollowers(table, counts[level], contexts, vocabulary);
    return { table, occurrences: follow(occurrences), continuations: follow(continuations) };
  });
  return { vocabulary, levels };
}

function increase(counts: Uint32Array | undefined, id: number): void {
  if (counts !== undefined) counts[id] = (counts[id] ?? 0) + 1;
}

function checkSymbol(symbol: number | undefined, vocabulary: number): number {
  if (symbol !== undefined && Number.isInteger(symbol) && symbol >= 0 && symbol < vocabulary) return symbol;
  throw new RangeError(`${symbol} is none of ${vocabulary} symbols`);
}

function sumFollowers(
  { keys, size }: NgramTable,
  allCounts: Uint32Array = new Uint32Array(0),
  contexts: number,
  vocabulary: number,
): Followers {
  const counts = allCounts.slice(0, size);
  const totals = new Uint32Array(contexts);
  const distinct = new Uint32Array(contexts);
  counts.forEach((count, id) => {
    if (count === 0) return;
    const context = Math.floor((keys[id] ?? 0) / vocabulary);
    totals[context] = (totals[context] ?? 0) + count;
    increase(distinct, context);
  });
  return { counts, totals, distinct };
}

/**
 * A Kneser-Ney model's place in a text: it predicts the next symbol from up to `order` - 1 symbols before it, with
 * shorter contexts mixed in. A symbol that never occurred keeps a share of the uniform distribution at the bottom.
 *
 * @see Kneser and Ney 1995; the interpolated form is of Chen and Goodman 1999, section 2.7.
 */
export class KneserNey {
  /** Ids of the n-grams that end here, by length; -1 where the text that was counted has none. */
  private readonly ending: Int32Array;
  private readonly levels: readonly { table: NgramTable; followers: Followers }[];
  private readonly vocabulary: number;

  /** @throws RangeError if n-grams of this length were not counted. */
  constructor({ vocabulary, levels }: NgramCounts, order: number) {
    if (!(order >= 1 && order <= levels.length)) throw new RangeError(`n-grams of length ${order} were not counted`);
    this.vocabulary = vocabulary;
    this.levels = levels.slice(0, order).map((level, index) => ({
      table: level.table,
      followers: index === order - 1 ? level.occurrences : level.continuations,
    }));
    this.ending = new Int32Array(order).fill(-1).fill(0, 0, 1);
  }

  /** The probability that this symbol comes next. */
  probability(symbol: number): number {
    let probability = 1 / this.vocabulary;
    for (const [level, { table, followers }] of this.levels.entries()) {
      const context = this.ending[level] ?? -1;
      const total = context < 0 ? 0 : (followers.totals[context] ?? 0);
      if (total === 0) break;
      const id = table.find(context * this.vocabulary + symbol);
      const count = id < 0 ? 0 : (followers.counts[id] ?? 0);
      const shared = discount * (followers.distinct[context] ?? 0) * probability;
      probability = (Math.max(count - discount, 0) + shared) / total;
    }
    return probability;
  }

  /** Goes on to the place after this symbol. */
  read(symbol: number): void {
    for (let length = this.ending.length - 1; length > 0; length--) {
      const context = this.ending[length - 1] ?? -1;
      const table = this.levels[length - 1]?.table;
      this.ending[length] = context < 0 ? -1 : (table?.find(context * this.vocabulary + symbol) ?? -1);
    }
  }
}

/**
 * How many bits a Kneser-Ney model needs for a symbol of a text it has not seen, on average.
 *
 * @param order the length of its n-grams: a trigram model is of order 3 and sees two symbols before the next.
 * @param symbols `[length]`, the unseen text; its first symbols have only each other before them.
 * @param isCounted which symbols the mean is taken over, by symbol and place; all are read.
 * @returns NaN if none is counted.
 * @throws RangeError if a symbol is outside the vocabulary, or n-grams of this length were not counted.
 */
export function bitsPerSymbol(
  counts: NgramCounts,
  order: number,
  symbols: ArrayLike<number>,
  isCounted: (symbol: number, position: number) => boolean = () => true,
): number {
  const model = new KneserNey(counts, order);
  let bits = 0;
  let counted = 0;
  for (let position = 0; position < symbols.length; position++) {
    const symbol = checkSymbol(symbols[position], counts.vocabulary);
    if (isCounted(symbol, position)) {
      bits -= Math.log2(model.probability(symbol));
      counted++;
    }
    model.read(symbol);
  }
  return bits / counted;
}
