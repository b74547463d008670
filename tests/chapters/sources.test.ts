import { expect, it } from 'vitest';
import { bibliography, type BibliographyEntry } from '#chapters/bibliography.ts';
import { errata } from '#chapters/errata.ts';
import { pieces } from '#chapters/sources.ts';

it('lists the article whole: 12 diagrams, 10 formulas, 9 listings, and 34 errors in order', () => {
  const of = (kind: string) => Object.keys(pieces).filter((id) => id.startsWith(kind));
  expect(of('diagram-')).toHaveLength(12);
  expect(of('formula-')).toHaveLength(10);
  expect(of('listing-')).toHaveLength(9);
  expect(Object.keys(errata)).toEqual(Array.from({ length: 34 }, (_, row) => `erratum-${row + 1}`));
});

it('names each piece in both languages, under the section it is in', () => {
  for (const [id, { section, zh, en }] of Object.entries(pieces)) {
    expect(zh, id).not.toBe('');
    expect(en, id).not.toMatch(/[\u4e00-\u9fff]/);
    expect(section, id).toBe(/^(?:diagram|formula|listing)-([\d.]+)/.exec(id)?.[1]);
  }
});

it('links only over https', () => {
  for (const [id, entry] of Object.entries<BibliographyEntry>(bibliography)) {
    for (const href of [entry.href, entry.hrefZh]) if (href !== undefined) expect(href, id).toMatch(/^https:\/\/\S+$/);
  }
});
