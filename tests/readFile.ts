import { readFile } from 'node:fs/promises';

/** The bytes of a file of `datasets/`, such as `digits/digits.data`: what the worker gets over the network. */
export async function readDataset(file: string): Promise<ArrayBuffer> {
  const { buffer, byteOffset, length } = await readFile(new URL(`../datasets/${file}`, import.meta.url));
  return new Uint8Array(buffer, byteOffset, length).slice().buffer;
}
