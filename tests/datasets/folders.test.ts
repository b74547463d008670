import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '#datasets/dataset.ts';
import { crc32 } from '#src/math/crc32.ts';

const root = join(import.meta.dirname, '..', '..', 'datasets');
const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const modules = import.meta.glob<Dataset<unknown>>('../../datasets/*/index.ts');

describe.each(folders.map(({ name }) => name))('the data set %s', (name) => {
  it('has the four files of a data set, and the texts it is made from where the book wrote them', () => {
    const files = readdirSync(join(root, name)).filter((file) => file !== 'sources');
    expect(files.sort()).toEqual(['README.md', 'build.ts', `${name}.data`, 'index.ts'].sort());
  });

  it('states the size and checksum of its file, in index.ts and in its README', async () => {
    const { description } = await importDataset(name);
    const packed = readFileSync(join(root, description.file));
    const readme = readFileSync(join(root, name, 'README.md'), 'utf8');
    expect(description).toMatchObject({ id: name, bytes: packed.length, crc32: crc32(packed) });
    expect(readme).toContain(createHash('sha256').update(packed).digest('hex'));
    expect(readme).toContain('## Licence');
  });
});

async function importDataset(name: string): Promise<Dataset<unknown>> {
  const load = modules[`../../datasets/${name}/index.ts`];
  if (load === undefined) throw new Error(`${name} has no index.ts`);
  return load();
}
