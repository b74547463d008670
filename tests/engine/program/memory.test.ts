import { describe, expect, it } from 'vitest';
import { placePieces, type Piece } from '#src/engine/program/wasm/memory.ts';
import { createRandom } from '#src/nn/random.ts';

function randomPieces(seed: number, count: number): Piece[] {
  const random = createRandom(seed, 'pieces');
  return Array.from({ length: count }, () => {
    const from = random.integer(100) - 1;
    return { bytes: random.integer(5000), from, to: from + random.integer(20) };
  });
}

describe('memory of a program', () => {
  it.each([1, 2, 3, 4, 5])('gives no two pieces the same place at the same time (%i)', (seed) => {
    const pieces = randomPieces(seed, 200);
    const { offsets, bytes } = placePieces(pieces);
    pieces.forEach((one, index) => {
      const start = offsets[index] ?? Number.NaN;
      expect(start % 64).toBe(0);
      expect(start + one.bytes).toBeLessThanOrEqual(bytes);
      pieces.slice(index + 1).forEach((other, after) => {
        const otherStart = offsets[index + 1 + after] ?? Number.NaN;
        const apart = one.to < other.from || other.to < one.from;
        const aside = start + one.bytes <= otherStart || otherStart + other.bytes <= start;
        expect(apart || aside).toBe(true);
      });
    });
  });

  it('needs no more than a tenth above what lives at once, on chains of a network’s kind', () => {
    // Forward activations live until their backward pass; temporaries live for one call.
    const forward = Array.from({ length: 20 }, (_, at): Piece => ({ bytes: 6400 * (20 - at), from: at, to: 40 - at }));
    const backward = Array.from({ length: 20 }, (_, at): Piece => ({
      bytes: 6400 * (at + 1),
      from: 21 + at,
      to: 22 + at,
    }));
    const pieces = [...forward, ...backward];
    const atOnce = Math.max(
      ...Array.from({ length: 43 }, (_, time) =>
        pieces.reduce((sum, { bytes, from, to }) => sum + (from <= time && time <= to ? bytes : 0), 0),
      ),
    );
    expect(placePieces(pieces).bytes).toBeLessThanOrEqual(1.1 * atOnce);
  });

  it('puts pieces that never meet into the same place', () => {
    const { offsets, bytes } = placePieces([
      { bytes: 128, from: 0, to: 1 },
      { bytes: 64, from: 2, to: 3 },
    ]);
    expect({ offsets, bytes }).toEqual({ offsets: [0, 0], bytes: 128 });
  });
});
