import { loadContents } from '#datasets/dataset.ts';
import type { Description, ImageSet, ImageSplits, ReadFile } from '#datasets/dataset.ts';

export const description: Description = {
  id: 'digits',
  makers: 'Yann LeCun, Corinna Cortes, Christopher J. C. Burges',
  source: 'The MNIST database of handwritten digits',
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  file: 'digits/digits.data',
  bytes: 1_617_754,
  crc32: 0x50557302,
};

/** Examples of each split: 800 and 200 of each digit, by different writers, in MNIST's own order. */
export const counts = { train: 8000, unseen: 2000 } as const;

/** Side of a picture, in pixels. */
export const size = 28;

/**
 * Handwritten digits as pictures of 28x28 pixels. Those that are unseen come from other writers than those to learn from.
 *
 * @throws DatasetError
 */
export async function load(readFile: ReadFile): Promise<ImageSplits> {
  const contents = await loadContents(description, readFile);
  const labelsAt = (counts.train + counts.unseen) * size * size;
  const set = (first: number, count: number): ImageSet => ({
    count,
    height: size,
    width: size,
    pixels: contents.subarray(first * size * size, (first + count) * size * size),
    labels: contents.subarray(labelsAt + first, labelsAt + first + count),
  });
  return { train: set(0, counts.train), unseen: set(counts.train, counts.unseen) };
}
