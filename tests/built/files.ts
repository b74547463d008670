import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

export const dist = resolve(import.meta.dirname, '../../dist');

/** Every file of the built book, relative to its root. */
export const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });

/** The pages of the book: every `index.html` below a language. */
export const pages = files.filter((file) => /^(zh|en)\/(.*\/)?index\.html$/.test(file));

export function read(file: string): string {
  return readFileSync(join(dist, file), 'utf8');
}

/** Where a link in a file leads, relative to the root. */
export function follow(file: string, link: string): string {
  return relative(dist, resolve(dist, dirname(file), link));
}

/** All scripts a page runs: those its HTML names, and what they import at once. */
export function scriptsOf(page: string): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    // `import{a}from"./b.js"`, `import"./b.js"`, `export*from"./b.js"`; not `import("./b.js")`.
    for (const [, link = ''] of read(file).matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      visit(follow(file, link));
    }
  };
  for (const [, link = ''] of read(page).matchAll(/(?:src|href)="([^"]+\.js)"/g)) visit(follow(page, link));
  return [...found];
}

/** Bytes after gzip, as a static host sends it. */
export function gzipped(file: string): number {
  return gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
}
