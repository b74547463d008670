import { beforeAll, describe, expect, it } from 'vitest';
import { languages } from '#src/i18n/languages.ts';
import { spec } from '#src/playgrounds/intents/spec.ts';
import { renderPage } from './renderedPage.tsx';

/** The words around the playground are what is looked at here. */
const replaced = { Intents: () => null };

describe.each(languages)('the page on customer service in %s', (language) => {
  let page: Document;
  beforeAll(async () => {
    page = await renderPage('06-applications/01-customer-service', language, replaced);
  }, 60_000);

  it('shows the article’s listing whole, and corrects it where it stands', () => {
    const listing = page.querySelector('[data-source="listing-6.1"]')?.textContent ?? '';
    const lines = ['Embedding(vocab_size, embedding_dim)', 'LSTM(units)', "loss='categorical_crossentropy'"];
    for (const line of lines) expect(listing).toContain(line);
    const erratum = page.querySelector('[data-source="erratum-25"]');
    expect(erratum?.querySelectorAll('dt')).toHaveLength(3);
    expect(erratum?.querySelectorAll('cite')).toHaveLength(2);
  });

  it('counts the weights of the listing as 4 u (d + u + 1) for an LSTM', () => {
    const vector = 32;
    const units = 48;
    const counts = [600 * vector, 4 * units * (vector + units + 1), 4 * units * (units + units + 1), units * 10 + 10];
    const table = page.querySelector('table')?.textContent.replaceAll(',', '') ?? '';
    for (const count of counts) expect(table).toContain(`= ${count}`);
  });

  it('draws every formula, with not one mistake of TeX in it', () => {
    expect(page.querySelectorAll('.katex').length).toBeGreaterThan(5);
    expect(page.querySelectorAll('.katex-error')).toHaveLength(0);
    expect(page.body.textContent).not.toContain('$');
  });

  it('shows every symbol of the playground in a formula, and its node in the diagram', () => {
    const values = (selector: string, name: string) =>
      [...page.querySelectorAll(selector)].map((element) => element.getAttribute(name));
    const inFormulas = values('.katex-html [data-symbol]', 'data-symbol');
    const nodes = values('[data-node]', 'data-node');
    for (const [name, symbol] of Object.entries(spec.symbols)) {
      expect(inFormulas, `term of ${name}`).toContain(name);
      expect(nodes, `node of ${name}`).toContain(symbol.node);
    }
  });

  it('leads to the pages where recurrent networks are explained', () => {
    const links = [...page.querySelectorAll('a[href^=".."]')].map((link) => link.getAttribute('href'));
    expect(links).toEqual(['../../core-algorithms/rnn/', '../../mathematics/rnn/', '../../core-algorithms/cnn/#loss']);
  });
});
