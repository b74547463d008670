import { describe, expect, it } from 'vitest';
import { bibliography } from '#chapters/bibliography.ts';
import { errata } from '#chapters/errata.ts';
import { pieces } from '#chapters/sources.ts';
import { languages } from '#src/i18n/languages.ts';
import { found, playgroundsOf, writtenPages } from './book.ts';

const headings = (text: string) => found(text, /^#{2,3} .+\{\/\* #([\w-]+) \*\/\}$/gm);
const sourceIds = (text: string) => [
  ...found(text, /\bsource="([\w.-]+)"/g),
  ...found(text, /<Erratum\s+id="([\w-]+)"/g),
];
const marked = (text: string) => [
  ...found(text, /\\htmlData\{symbol=(\w+)\}/g),
  ...found(text, /<Symbol\s[^>]*?name="(\w+)"/g),
  ...found(text, /explains=\{\[([^\]]+)\]\}/g).flatMap((list) => list.match(/\w+/g) ?? []),
];

it('has a page', () => {
  expect(writtenPages.length).toBeGreaterThan(0);
});

describe.each(writtenPages)('$folder', ({ texts }) => {
  const all = Object.values(texts);

  it('is written in every language', () => {
    expect(Object.keys(texts).sort()).toEqual([...languages].sort());
  });

  it('gives every heading an id, once, and the same ids in every language', () => {
    for (const text of all) {
      const ids = headings(text);
      expect(ids).toHaveLength(found(text, /^(#{2,3}) /gm).length);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(headings(all[0] ?? ''));
    }
  });

  it('has the same playgrounds, formulas, diagrams and errata in every language', () => {
    const what = (text: string) => ({
      playgrounds: [...playgroundsOf(text).keys()],
      formulas: found(text, /<(Formula)\b/g).length,
      symbols: marked(text),
      diagrams: found(text, /<Diagram\s[^>]*?name="([\w-]+)"/g),
      sources: sourceIds(text),
    });
    for (const text of all) expect(what(text)).toEqual(what(all[0] ?? ''));
  });

  it('imports no playground: its code comes when the reader is near', () => {
    for (const text of all) expect(found(text, /^(import .*#src\/playgrounds\/.*\.tsx.*)$/gm)).toEqual([]);
  });

  it('opens with a title and a promise of one sentence', () => {
    for (const text of all) {
      expect(text).toMatch(/^---\ntitle: \S.*\ndescription: \S.*\nsection: '?([\d.]+|[A-Z])'?\n---\n/);
    }
  });

  it('names only symbols that a playground on the page has', () => {
    for (const text of all) {
      const playgrounds = playgroundsOf(text);
      const known = [...playgrounds.values()].flatMap((spec) => Object.keys(spec.symbols));
      expect(known).toEqual(expect.arrayContaining(marked(text)));
      expect([...playgrounds.keys()]).toEqual(expect.arrayContaining(found(text, /\bof="([\w-]+)"/g)));
    }
  });

  it('cites only what the sources and the bibliography list', () => {
    for (const text of all) {
      const cited = [
        ...found(text, /<Cite\s+id="([\w.-]+)"/g),
        ...found(text, /\bfrom=\{\[([^\]]+)\]\}/g).flatMap((list) => list.match(/[\w.-]+/g) ?? []),
      ];
      expect(Object.keys(bibliography)).toEqual(expect.arrayContaining(cited));
      expect(Object.keys({ ...pieces, ...errata })).toEqual(expect.arrayContaining(sourceIds(text)));
    }
  });

  it('links within the page only to headings it has', () => {
    for (const text of all) expect(headings(text)).toEqual(expect.arrayContaining(found(text, /\]\(#([\w-]+)\)/g)));
  });
});
