import { loadContents } from '#datasets/dataset.ts';
import type { Description, ReadFile, TextSplits } from '#datasets/dataset.ts';

export const description: Description = {
  id: 'moby-dick',
  makers: 'Herman Melville',
  source: 'Moby-Dick; or, The Whale, 1851',
  file: 'moby-dick/moby-dick.data',
  bytes: 443_374,
  crc32: 0x47e31f25,
};

/** Characters of each split: the unseen ones follow those to learn from, in later chapters. */
export const counts = { train: 1_100_000, unseen: 50_000 } as const;

/** Every character that occurs; a paragraph ends with the line end. */
export const characters = '\n !"\'(),-.0123456789:;?abcdefghijklmnopqrstuvwxyz';

/**
 * The novel in lower case, one paragraph a line, with plain quotes and dashes.
 *
 * @throws DatasetError
 */
export async function load(readFile: ReadFile): Promise<TextSplits> {
  const contents = await loadContents(description, readFile);
  const text = new TextDecoder().decode(contents);
  return { train: text.slice(0, counts.train), unseen: text.slice(counts.train) };
}
