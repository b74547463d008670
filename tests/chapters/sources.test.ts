import { expect, it } from 'vitest';
import { bibliography, type BibliographyEntry } from '#chapters/bibliography.ts';
import { sources } from '#chapters/sources.ts';

it('lists the article whole: 12 diagrams, 10 formulas, 9 listings, and 34 errors in order', () => {
  const of = (kind: string) => Object.keys(sources).filter((id) => id.startsWith(kind));
  expect(of('diagram-')).toHaveLength(12);
  expect(of('formula-')).toHaveLength(10);
  expect(of('listing-')).toHaveLength(9);
  expect(of('erratum-')).toEqual(Array.from({ length: 34 }, (_, row) => `erratum-${row + 1}`));
});

it('names each item in both languages, under the section it is in', () => {
  for (const [id, { section, zh, en }] of Object.entries(sources)) {
    expect(zh, id).not.toBe('');
    expect(en, id).not.toMatch(/[\u4e00-\u9fff]/);
    const [, place] = /^(?:diagram|formula|listing)-([\d.]+)/.exec(id) ?? [];
    if (place !== undefined) expect(section, id).toBe(place);
  }
});

it('links only over https', () => {
  for (const [id, entry] of Object.entries<BibliographyEntry>(bibliography)) {
    for (const href of [entry.href, entry.hrefZh]) if (href !== undefined) expect(href, id).toMatch(/^https:\/\/\S+$/);
  }
});
