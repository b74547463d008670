import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { folders } from './playgrounds.ts';

it('finds the playgrounds', () => {
  expect(folders).toContain('digit-cnn');
});

it.each(folders)('%s has a file here that holds it to its promises', (id) => {
  const file = `tests/playgrounds/${id}.test.ts`;
  expect(existsSync(file), file).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain(`keepsItsPromises('${id}')`);
});
