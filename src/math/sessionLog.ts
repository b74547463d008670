/**
 * A made-up shop whose visitors follow rules that are known: a log of their clicks, and how well anybody could foretell
 * the next one.
 *
 * A visit has a taste that is never said. Each click is the first of these that happens: an item that completes a kit
 * of which both parts have been clicked; the other part of a kit of the last item; anything at all; something of the
 * taste. No item is clicked twice.
 */
export interface Shop {
  /** How many items there are; they are numbered from 0. */
  items: number;
  /** For each taste, how often each item is wanted, 0 or more: `[items]`. */
  tastes: readonly ArrayLike<number>[];
  /** Two parts, and what completes them. */
  kits: readonly (readonly [part: number, part: number, completes: number])[];
}

/** One visit. */
export interface Visit {
  taste: number;
  /** In the order of the clicks, each item once. */
  items: number[];
}

/** Where chance comes from: even in [0, 1). */
export interface Chance {
  uniform(): number;
}

/** How probable each of the first three is, where the one before has not happened. */
export const habits = { completes: 0.75, otherPart: 0.3, anything: 0.08 } as const;
/** Clicks of a visit. */
export const shortest = 4;
export const longest = 12;

/** Visits of 4 to 12 clicks, every length and every taste as likely as the others. */
export function createVisits(shop: Shop, count: number, chance: Chance): Visit[] {
  return Array.from({ length: count }, () => {
    const taste = Math.floor(chance.uniform() * shop.tastes.length);
    const length = shortest + Math.floor(chance.uniform() * (longest - shortest + 1));
    const items: number[] = [];
    while (items.length < length) items.push(draw(nextOfTaste(shop, taste, items), chance.uniform()));
    return { taste, items };
  });
}

/**
 * How probable each item is as the next click of a visitor whose taste is known.
 *
 * @param clicked so far, in order.
 * @returns `[items]`, together 1.
 */
export function nextOfTaste(shop: Shop, taste: number, clicked: readonly number[]): Float64Array {
  const probabilities = new Float64Array(shop.items);
  const isLeft = new Uint8Array(shop.items).fill(1);
  for (const item of clicked) isLeft[item] = 0;
  const last = clicked.at(-1);
  const completions = new Uint8Array(shop.items);
  const partners = new Uint8Array(shop.items);
  for (const [one, other, completes] of shop.kits) {
    if (isLeft[one] === 0 && isLeft[other] === 0) completions[completes] = 1;
    if (one === last) partners[other] = 1;
    if (other === last) partners[one] = 1;
  }
  let rest = 1;
  const give = (share: number, weights: ArrayLike<number>) => {
    let sum = 0;
    for (let item = 0; item < shop.items; item += 1) sum += (isLeft[item] ?? 0) * (weights[item] ?? 0);
    if (sum === 0) return;
    for (let item = 0; item < shop.items; item += 1) {
      const weight = (isLeft[item] ?? 0) * (weights[item] ?? 0);
      if (weight > 0) probabilities[item] = (probabilities[item] ?? 0) + (rest * share * weight) / sum;
    }
    rest *= 1 - share;
  };
  give(habits.completes, completions);
  give(habits.otherPart, partners);
  give(habits.anything, isLeft);
  give(1, shop.tastes[taste] ?? isLeft);
  // Whoever has clicked all of a taste clicks anything.
  if (rest > 0) give(1, isLeft);
  return probabilities;
}

/**
 * How probable each item is as the next click of a visitor of whom only the clicks are known: the best that anybody can
 * say. Each click tells more of the taste, by Bayes' rule.
 *
 * @returns after no click, after one, and so on: `clicked.length + 1` times `[items]`.
 */
export function nextOfAnyTaste(shop: Shop, clicked: readonly number[]): Float64Array[] {
  let belief = shop.tastes.map(() => 1 / shop.tastes.length);
  return Array.from({ length: clicked.length + 1 }, (_, seen) => {
    const mixed = new Float64Array(shop.items);
    const known = clicked.slice(0, seen);
    const found = belief.map((share, taste) => {
      const next = nextOfTaste(shop, taste, known);
      for (let item = 0; item < shop.items; item += 1) mixed[item] = (mixed[item] ?? 0) + share * (next[item] ?? 0);
      return share * (next[clicked[seen] ?? -1] ?? 0);
    });
    const sum = found.reduce((total, share) => total + share, 0);
    if (sum > 0) belief = found.map((share) => share / sum);
    return mixed;
  });
}

/** The item at which the running sum of probabilities passes `uniform`. */
function draw(probabilities: Float64Array, uniform: number): number {
  let sum = 0;
  for (let item = 0; item < probabilities.length; item += 1) {
    sum += probabilities[item] ?? 0;
    if (uniform < sum) return item;
  }
  return probabilities.findLastIndex((probability) => probability > 0);
}
