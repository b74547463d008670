import { describe, expect, it } from 'vitest';
import type { NamedArrays } from '#src/training/journal.ts';
import { decodeTensors, encodeTensors } from '#src/training/tensorFile.ts';

const tensors: NamedArrays = {
  kernel: { shape: [2, 3], values: Float32Array.of(1.5, -0, 1e-40, Infinity, Number.NaN, 3.4e38) },
  labels: { shape: [5], values: Uint8Array.of(0, 1, 127, 128, 255) },
  loss: { shape: [], values: Float32Array.of(2.3) },
  empty: { shape: [0, 28, 28], values: new Uint8Array(0) },
  '名/字': { shape: [1], values: Float32Array.of(7) },
};

describe('a file of tensors', () => {
  it('gives back every name, shape, type and bit', async () => {
    const { buffer } = await encodeTensors(tensors);
    expect(await decodeTensors(buffer)).toEqual(tensors);
  });

  it('holds a part of a larger array as that part alone', async () => {
    const part = new Float32Array([9, 1, 2, 9]).subarray(1, 3);
    const { buffer } = await encodeTensors({ part: { shape: [2], values: part } });
    expect((await decodeTensors(buffer))['part']?.values).toEqual(Float32Array.of(1, 2));
  });

  it('may hold nothing at all', async () => {
    expect(await decodeTensors((await encodeTensors({})).buffer)).toEqual({});
  });
});

describe('a damaged file of tensors gives an error, never wrong numbers', () => {
  it.each([0, 1, 10, 40])('cut after %i bytes', async (length) => {
    const { buffer } = await encodeTensors(tensors);
    await expect(decodeTensors(buffer.slice(0, length))).rejects.toThrow(Error);
  });

  it('cut before its last byte', async () => {
    const { buffer } = await encodeTensors(tensors);
    await expect(decodeTensors(buffer.slice(0, -1))).rejects.toThrow(Error);
  });

  it('with any byte of its contents changed', async () => {
    const file = await encodeTensors(tensors);
    for (let at = 10; at < file.length; at += 7) {
      const damaged = file.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      await expect(decodeTensors(damaged.buffer), `byte ${at}`).rejects.toThrow(Error);
    }
  });

  it('that is a web page', async () => {
    const page = new TextEncoder().encode('<!doctype html><title>404</title>').buffer;
    await expect(decodeTensors(page)).rejects.toThrow(Error);
  });
});
