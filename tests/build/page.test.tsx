import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '../../build/contents.ts';
import { withoutMarks } from '../../build/symbols.ts';
import listing from './listing.ts?code';
import Page, { headings } from './page.mdx';
import frontMatter from './page.mdx?contents';

const html = renderToStaticMarkup(<Page />);

describe('a page written in MDX', () => {
  it('gives a heading the id it asks for, and lists those headings', () => {
    expect(html).toContain('<h2 id="kernel">');
    expect(headings).toEqual([{ id: 'kernel', text: 'One kernel, w of it', depth: 2 }]);
  });

  it('leaves the title to the shell', () => {
    expect(html).not.toContain('Not shown');
  });

  it('draws a formula when it is built, on a line of its own where it has one', () => {
    expect(html.match(/class="katex-display"/g)).toHaveLength(1);
    expect(html.match(/<math/g)).toHaveLength(4);
  });

  it('makes a term with a symbol focusable and named, and nothing focusable inside what is hidden', () => {
    const symbols = html.match(/<span[^>]*data-symbol[^>]*>/g) ?? [];
    expect(symbols).toHaveLength(2);
    for (const symbol of symbols) expect(symbol).toMatch(/role="button"/);
    expect(symbols[0]).toContain('aria-label="wac"');
    expect(symbols[0]).toContain('tabindex="0"');
    expect(html.match(/class="katex-html" aria-hidden="true"/g)).toHaveLength(2);
  });

  it('copies a formula as the TeX of the formula alone', () => {
    expect(html).not.toContain('htmlData');
    expect(withoutMarks('a\\htmlData{symbol=w}{w_{\\htmlClass{c}{a}}}+\\}')).toBe('a{w_{{a}}}+\\}');
  });

  it('colours its listings', () => {
    expect(html).toMatch(/<pre class="shiki[^>]*>.*--shiki-dark/s);
  });

  it('gives its front matter without itself', () => {
    expect(frontMatter).toEqual({ title: 'A page for tests' });
    expect(readFrontMatter('---\ntitle: "a: b"\nsection: \'3.1\'\n---\n')).toEqual({ title: 'a: b', section: '3.1' });
    expect(readFrontMatter('no front matter')).toEqual({});
  });
});

describe('code imported with ?code', () => {
  it('is one element a line', () => {
    expect(listing.match(/<span class="line" data-line="\d+"/g)).toHaveLength(4);
    expect(listing).toContain('data-line="4"');
  });

  it('marks every identifier, and no word of a comment', () => {
    expect(listing.match(/data-code="bias"/g)).toHaveLength(2);
    expect(listing.match(/data-code="weights"/g)).toHaveLength(2);
    expect(listing.match(/data-code="kernel"/g)).toBeNull();
  });

  it('carries both themes', () => {
    expect(listing).toMatch(/--shiki-light:#\w+;--shiki-dark:#\w+/);
  });
});
