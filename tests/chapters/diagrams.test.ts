import { createHash } from 'node:crypto';
import { version } from 'mermaid/package.json';
import { describe, expect, it } from 'vitest';
import { spec } from '#src/playgrounds/digit-cnn/spec.ts';
import { found, playgroundsOf, writtenPages } from './book.ts';

const mermaid = import.meta.glob<string>('/chapters/**/diagrams/*.mmd', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const drawings = import.meta.glob<string>('/chapters/**/diagrams/*.svg', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const nodes = (svg: string) => found(svg, /data-node="(\w+)"/g);
const ties = (svg: string) =>
  [...svg.matchAll(/data-node="(\w+)" data-symbol="(\w+)"/g)].map(([, node, symbol]) => ({ node, symbol }));

it('draws each Mermaid source once, and nothing else', () => {
  expect(Object.keys(drawings).map((file) => file.replace(/svg$/, 'mmd'))).toEqual(Object.keys(mermaid));
  expect(Object.keys(mermaid).length).toBeGreaterThan(0);
});

describe.each(Object.entries(mermaid))('%s', (file, source) => {
  const svg = drawings[file.replace(/mmd$/, 'svg')] ?? '';
  const [folder = '', name = '', language = ''] = /^(.+)\/diagrams\/([\w-]+)\.(\w+)\.mmd$/.exec(file)?.slice(1) ?? [];

  it('was drawn from this text with this Mermaid (else: npm run diagrams)', () => {
    expect(found(svg, /data-source-hash="(\w+)"/g)).toEqual([createHash('sha256').update(source).digest('hex')]);
    expect(found(svg, /data-mermaid="([\d.]+)"/g)).toEqual([version]);
  });

  it('says in words what it shows', () => {
    expect(found(source, /accTitle: (.+)/g)).toEqual(found(svg, /^<svg[^>]* aria-label="([^"]+)"/g));
    expect(found(source, /accDescr: (.+)/g)).toEqual(found(svg, /<desc id="[\w-]+">([^<]+)</g));
  });

  it('takes its colours and type from the page, and nothing from elsewhere', () => {
    expect(svg).not.toMatch(/#[0-9a-f]{3,8}\b(?!-)|rgb|hsl|<script|<style|<foreignObject|href|url\((?!#)|font-family/i);
  });

  it('has the same nodes in the other language', () => {
    const other = drawings[`${folder}/diagrams/${name}.${language === 'zh' ? 'en' : 'zh'}.svg`] ?? '';
    expect(ties(svg)).toEqual(ties(other));
    expect(nodes(svg)).toEqual(nodes(other));
    expect(nodes(svg).length).toBeGreaterThan(1);
  });

  it('ties its nodes to symbols of a playground on its page', () => {
    const page = writtenPages.find((written) => written.folder === folder);
    const specs = [...playgroundsOf(page?.texts[language] ?? '').values()];
    const known = specs.flatMap(({ symbols }) => Object.keys(symbols));
    expect(known).toEqual(expect.arrayContaining(ties(svg).map(({ symbol }) => symbol)));
  });
});

describe.each(['zh', 'en'])('the whole network in %s', (language) => {
  it('shows each symbol’s node, and ties it to a symbol that is there', () => {
    const svg = drawings[`/chapters/03-core-algorithms/01-cnn/diagrams/network.${language}.svg`] ?? '';
    const symbols = Object.entries(spec.symbols).map(([symbol, { node }]) => ({ node, symbol }));
    expect(symbols).toEqual(expect.arrayContaining(ties(svg)));
    expect(nodes(svg).sort()).toEqual([...new Set(symbols.map(({ node }) => node))].sort());
  });
});
