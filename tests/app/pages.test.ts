import { describe, expect, it } from 'vitest';
import { linkTo, readPath } from '#src/app/address.ts';
import { outline, pageEntries } from '#src/app/outline.ts';
import { listPages } from '#src/app/pages.ts';

const pages = listPages({
  '/chapters/03-core-algorithms/02-rnn/zh.mdx': { title: '循环' },
  '/chapters/03-core-algorithms/01-cnn/zh.mdx': { title: '卷积', description: '九个数' },
  '/chapters/03-core-algorithms/01-cnn/en.mdx': { title: 'Convolution' },
  '/chapters/01-background/en.mdx': { title: 'Where we stand' },
  '/chapters/03-core-algorithms/09-extra/en.mdx': { title: 'Extra' },
  '/chapters/A-tools/en.mdx': { title: 'Tools' },
  '/chapters/notes/draft.mdx': {},
});

describe('the list of pages', () => {
  it('takes addresses and numbers from the folders, in reading order', () => {
    expect(pages.map(({ number, address }) => [number, address])).toEqual([
      ['1', 'background'],
      ['3.1', 'core-algorithms/cnn'],
      ['3.2', 'core-algorithms/rnn'],
      ['3.9', 'core-algorithms/extra'],
      ['A', 'tools'],
    ]);
  });

  it('knows which languages a page is written in', () => {
    expect(Object.keys(pages[1]?.files ?? {}).sort()).toEqual(['en', 'zh']);
    expect(Object.keys(pages[2]?.files ?? {})).toEqual(['zh']);
  });
});

describe('the contents', () => {
  const english = outline('en', pages);

  it('has the ten sections of the article, written or not', () => {
    expect(outline('zh', []).map(({ number }) => number)).toEqual('1 2 3 4 5 6 7 8 9 10'.split(' '));
    expect(pageEntries(outline('zh', [])).every(({ address }) => address === undefined)).toBe(true);
  });

  it('takes the title of a written page from its own front matter', () => {
    expect(english[0]).toMatchObject({ title: 'Where we stand', address: 'background' });
    expect(english[2]?.entries[0]).toMatchObject({ title: 'Convolution', address: 'core-algorithms/cnn' });
    expect(outline('zh', pages)[2]?.entries[0]).toMatchObject({ title: '卷积', promise: '九个数' });
  });

  it('gives no address to a page that is not written in this language', () => {
    expect(english[2]?.entries[1]?.address).toBeUndefined();
    expect(outline('zh', pages)[2]?.entries[1]?.address).toBe('core-algorithms/rnn');
  });

  it('puts an appendix after the sections, where it is written', () => {
    expect(english.slice(10)).toMatchObject([{ number: 'A', title: 'Tools', address: 'tools', entries: [] }]);
    expect(outline('zh', pages).slice(10)).toMatchObject([{ number: 'A' }]);
    expect(outline('zh', pages)[10]?.address).toBeUndefined();
  });

  it('shows a page that nobody planned', () => {
    expect(english[2]?.entries.at(-1)).toMatchObject({ number: '3.9', title: 'Extra' });
  });
});

describe('a link', () => {
  it('is relative to the page it stands on, so that any base will do', () => {
    const base = 'https://example.org/some/deep/base/';
    const cnn = new URL('en/core-algorithms/cnn/', base);
    expect(new URL(linkTo('core-algorithms/cnn', 'zh', 'core-algorithms/cnn'), cnn).href).toBe(
      `${base}zh/core-algorithms/cnn/`,
    );
    expect(new URL(linkTo('core-algorithms/cnn', 'zh', ''), cnn).href).toBe(`${base}zh/`);
    expect(new URL(linkTo('', 'en', 'background'), new URL('en/', base)).href).toBe(`${base}en/background/`);
  });

  it('is read back into language and address', () => {
    expect(readPath('zh/core-algorithms/cnn/index.html')).toEqual({ language: 'zh', address: 'core-algorithms/cnn' });
    expect(readPath('en/')).toEqual({ language: 'en', address: '' });
    expect(readPath('fr/core-algorithms/cnn/')).toBeUndefined();
  });
});
