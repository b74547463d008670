import { describe, expect, it } from 'vitest';
import {
  createVisits,
  habits,
  longest,
  nextOfAnyTaste,
  nextOfTaste,
  shortest,
  type Shop,
} from '#src/math/sessionLog.ts';
import { createRandom } from '#src/nn/random.ts';

/** Four items; one taste wants the first most, the other the last alone; the first two make the third wanted. */
const shop: Shop = {
  items: 4,
  tastes: [
    [2, 1, 1, 0],
    [0, 0, 0, 1],
  ],
  kits: [[0, 1, 2]],
};
const { completes, otherPart, anything } = habits;

/** Eight items, three tastes, two kits that share a part. */
const larger: Shop = {
  items: 16,
  tastes: [0, 1, 2].map((taste) =>
    Array.from({ length: 16 }, (_, item) => (item % 3 === taste ? 3 : item % 4 === taste ? 1 : 0)),
  ),
  kits: [
    [0, 3, 6],
    [3, 4, 5],
  ],
};

describe('the next click of a known taste', () => {
  it('is by the weights of the taste, but for a share that may be anything', () => {
    const probabilities = [...nextOfTaste(shop, 0, [])];
    const expected = [2, 1, 1, 0].map((weight) => anything / 4 + ((1 - anything) * weight) / 4);
    for (const [item, value] of expected.entries()) expect(probabilities[item]).toBeCloseTo(value, 12);
  });

  it('is more often the other part of a kit, after either part', () => {
    for (const [part, other] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const probabilities = nextOfTaste(shop, 1, [part]);
      expect(probabilities[other]).toBeCloseTo(otherPart + ((1 - otherPart) * anything) / 3, 12);
      expect(probabilities[part]).toBe(0);
    }
  });

  it('is mostly what completes a kit, whichever part came first and whatever was between', () => {
    for (const clicked of [
      [0, 1],
      [1, 0],
      [0, 3, 1],
    ]) {
      const left = 4 - clicked.length;
      const expected = completes + (1 - completes) * (anything / left + 1 - anything);
      expect(nextOfTaste(shop, 0, clicked)[2], String(clicked)).toBeCloseTo(expected, 12);
    }
  });

  it('is anything once all of the taste is clicked', () => {
    const probabilities = nextOfTaste(shop, 1, [3]);
    for (const item of [0, 1, 2]) expect(probabilities[item]).toBeCloseTo(1 / 3, 12);
    expect(probabilities[3]).toBe(0);
  });
});

describe('visits', () => {
  const visits = createVisits(larger, 3000, createRandom(1, 'visits'));

  it('have 4 to 12 clicks, each item once', () => {
    for (const { items } of visits) {
      expect(items.length).toBeGreaterThanOrEqual(shortest);
      expect(items.length).toBeLessThanOrEqual(longest);
      expect(new Set(items).size).toBe(items.length);
    }
    expect(new Set(visits.map(({ items }) => items.length)).size).toBe(longest - shortest + 1);
  });

  it('are the same from the same chance, others from another', () => {
    expect(createVisits(larger, 5, createRandom(1, 'visits'))).toEqual(visits.slice(0, 5));
    expect(createVisits(larger, 5, createRandom(2, 'visits'))).not.toEqual(visits.slice(0, 5));
  });

  it('begin as often with each item as the probabilities say, within four standard deviations', () => {
    for (let item = 0; item < larger.items; item += 1) {
      const expected = [0, 1, 2].reduce((sum, taste) => sum + (nextOfTaste(larger, taste, [])[item] ?? 0) / 3, 0);
      const count = visits.filter(({ items }) => items[0] === item).length;
      const deviation = Math.sqrt(visits.length * expected * (1 - expected));
      expect(Math.abs(count - visits.length * expected), `item ${item}`).toBeLessThan(4 * deviation);
    }
  });

  it('leave probabilities that add up to 1 and give nothing to what was clicked', () => {
    for (const { taste, items } of visits.slice(0, 200)) {
      const next = nextOfTaste(larger, taste, items);
      expect(next.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      for (const item of items) expect(next[item]).toBe(0);
    }
  });
});

it('foretells without the taste as Bayes’ rule does: every taste by how probable all its clicks are together', () => {
  for (const { items } of createVisits(larger, 50, createRandom(3, 'visits'))) {
    const found = nextOfAnyTaste(larger, items);
    expect(found).toHaveLength(items.length + 1);
    for (let seen = 0; seen <= items.length; seen += 1) {
      const joint = [0, 1, 2].map((taste) =>
        items
          .slice(0, seen)
          .reduce((product, item, at) => product * (nextOfTaste(larger, taste, items.slice(0, at))[item] ?? 0), 1),
      );
      const all = joint.reduce((sum, share) => sum + share, 0);
      for (let item = 0; item < larger.items; item += 1) {
        const expected = joint.reduce(
          (sum, share, taste) => sum + (share / all) * (nextOfTaste(larger, taste, items.slice(0, seen))[item] ?? 0),
          0,
        );
        expect(found[seen]?.[item]).toBeCloseTo(expected, 10);
      }
    }
  }
});
