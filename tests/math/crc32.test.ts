import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from '#src/math/crc32.ts';

describe('CRC-32', () => {
  it('of the digits 1 to 9 is the check value of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  it('of no bytes is 0', () => {
    expect(crc32(new Uint8Array(0))).toBe(0);
  });

  it('agrees with zlib on 5,000 bytes of every value', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 7 + i) >> 3);
    expect(crc32(bytes)).toBe(zlibCrc32(bytes));
  });

  it('differs when two neighbours change places', () => {
    expect(crc32(Uint8Array.of(1, 2, 3))).not.toBe(crc32(Uint8Array.of(2, 1, 3)));
  });
});
