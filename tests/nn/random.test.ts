import { describe, expect, it } from 'vitest';
import { createRandom, threefry2x32 } from '#src/nn/random.ts';

describe('Threefry-2x32 with 20 rounds', () => {
  it.each([
    [[0, 0, 0, 0], '6b200159 99ba4efe'],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], '1cb996fc bb002be7'],
    [[0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3], 'c4923a9c 483df7a0'],
  ] as const)('gives the published answer for key and counter %j', ([key0, key1, counter0, counter1], expected) => {
    const out = new Uint32Array(2);
    threefry2x32(key0, key1, counter0, counter1, out);
    expect([...out].map((word) => word.toString(16).padStart(8, '0')).join(' ')).toBe(expected);
  });
});

describe('createRandom', () => {
  it('gives the same numbers for the same seed, stream and counter, however they are asked for', () => {
    const one = createRandom(7, 'weights', 3);
    const all = createRandom(7, 'weights', 3).uniforms(50);
    expect([...all]).toEqual(Array.from({ length: 50 }, () => one.uniform()));
  });

  it.each([
    ['seeds', createRandom(7, 'weights'), createRandom(8, 'weights')],
    ['streams', createRandom(7, 'weights'), createRandom(7, 'dropout')],
    ['counters', createRandom(7, 'weights', 0), createRandom(7, 'weights', 1)],
  ])('gives independent numbers for different %s: correlation below 0.015 over 100,000', (_, first, second) => {
    const a = first.normals(100_000);
    const b = second.normals(100_000);
    const correlation = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) / a.length;
    expect(Math.abs(correlation)).toBeLessThan(0.015);
  });

  it('spreads 100,000 uniform numbers evenly over 64 cells, alone and in pairs', () => {
    const values = createRandom(1, 'uniformity').uniforms(100_000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const single = new Float64Array(64);
    const pairs = new Float64Array(64);
    values.forEach((value, index) => {
      single[Math.floor(value * 64)] = (single[Math.floor(value * 64)] ?? 0) + 1;
      if (index % 2 === 1) return;
      const cell = Math.floor(value * 8) * 8 + Math.floor((values[index + 1] ?? 0) * 8);
      pairs[cell] = (pairs[cell] ?? 0) + 1;
    });
    // 63 degrees of freedom: above 104 with probability 0.001.
    expect(chiSquare(single)).toBeLessThan(104);
    expect(chiSquare(pairs)).toBeLessThan(104);
  });

  it('gives normal numbers: moments of 100,000 as they should be', () => {
    const values = createRandom(2, 'normality').normals(100_000);
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.015);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(3))).toBeLessThan(0.05);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  });

  it('gives whole numbers below n, each about equally often', () => {
    const random = createRandom(3, 'whole');
    const counts = new Float64Array(10);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const value = random.integer(10);
      counts[value] = (counts[value] ?? Number.NaN) + 1;
    }
    // 9 degrees of freedom: above 28 with probability 0.001.
    expect(chiSquare(counts)).toBeLessThan(28);
  });

  it('shuffles: every number once, each place about equally likely', () => {
    expect([...createRandom(4, 'order').shuffled(1000)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 1000 }, (_, index) => index),
    );
    const counts = new Float64Array(24);
    for (let draw = 0; draw < 24_000; draw += 1) {
      const [a = 0, b = 0, c = 0] = createRandom(5, 'orders', draw).shuffled(4);
      const rank = a * 6 + [0, 1, 2, 3].filter((n) => n !== a).indexOf(b) * 2 + Number(c > 6 - a - b - c);
      counts[rank] = (counts[rank] ?? 0) + 1;
    }
    // 23 degrees of freedom: above 50 with probability 0.001.
    expect(chiSquare(counts)).toBeLessThan(50);
  });
});

function chiSquare(counts: Float64Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
