import { beforeAll, describe, expect, it } from 'vitest';
import { languages } from '#src/i18n/languages.ts';
import { spec } from '#src/playgrounds/digit-cnn/spec.ts';
import { attributesOf, renderPage } from './renderedPage.tsx';

/** The words around the playground are what is looked at here. */
const replaced = { DigitCnn: () => null };

describe.each(languages)('the page on CNNs in %s', (language) => {
  let page: Document;
  beforeAll(async () => {
    page = await renderPage('03-core-algorithms/01-cnn', language, replaced);
  }, 60_000);

  it('corrects the article in the open, where it went wrong', () => {
    for (const row of [1, 2, 3, 4, 5, 16]) {
      const erratum = page.querySelector(`[data-source="erratum-${row}"]`);
      expect(erratum?.querySelectorAll('dt'), `erratum ${row}`).toHaveLength(3);
      expect(erratum?.querySelector('cite')?.textContent, `source of erratum ${row}`).toBeTruthy();
    }
  });

  it('holds each diagram and formula of the article that belongs here', () => {
    const diagrams = ['diagram-3.1.1', 'diagram-3.1.2', 'diagram-3.1.3'];
    const formulas = ['formula-4.1.1-1', 'formula-4.1.1-2', 'formula-4.1.2-1', 'formula-4.1.2-2'];
    expect(attributesOf(page, 'data-source')).toEqual(expect.arrayContaining([...diagrams, ...formulas]));
  });

  it('draws every formula, with not one mistake of TeX in it', () => {
    expect(page.querySelectorAll('.katex').length).toBeGreaterThan(20);
    expect(page.querySelectorAll('.katex-error')).toHaveLength(0);
    expect(page.body.textContent).not.toContain('$');
  });

  it('shows every symbol of the playground in a formula and in a diagram', () => {
    const inFormulas = new Set(
      [...page.querySelectorAll('.katex-html [data-symbol]')].map((term) => term.getAttribute('data-symbol')),
    );
    const nodes = new Set(attributesOf(page, 'data-node'));
    for (const [name, symbol] of Object.entries(spec.symbols)) {
      expect([...nodes], `node of ${name}`).toContain(symbol.node);
      expect([...inFormulas], `term of ${name}`).toContain(name);
    }
  });

  it('uses no id twice', () => {
    const ids = attributesOf(page, 'id');
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('asks nothing of another host', () => {
    expect(page.querySelectorAll('script, iframe, img, [src], link')).toHaveLength(0);
  });
});
