import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '#src/i18n/en.ts';
import { zh } from '#src/i18n/zh.ts';
import { dist, files, follow, gzipped, pages, read, scriptsOf } from './files.ts';

const tfjs = ['registerBackend', 'WASM_HAS_SIMD', 'makeTensorFromDataId'];

it('has the contents and the first page in both languages', () => {
  expect(pages).toEqual(
    expect.arrayContaining([
      'zh/index.html',
      'en/index.html',
      'zh/core-algorithms/cnn/index.html',
      'en/core-algorithms/cnn/index.html',
    ]),
  );
});

it('holds tfjs somewhere, so that its absence from a page means something', () => {
  const scripts = files.filter((file) => file.endsWith('.js'));
  for (const mark of tfjs)
    expect(
      scripts.some((file) => read(file).includes(mark)),
      mark,
    ).toBe(true);
});

describe.each(pages)('%s', (page) => {
  const html = read(page);
  const scripts = scriptsOf(page);

  it('runs no tfjs on the page', () => {
    for (const script of scripts)
      for (const mark of tfjs) expect(read(script).includes(mark), `${mark} in ${script}`).toBe(false);
  });

  it('needs at most 170 kB of JavaScript, gzipped', () => {
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((sum, script) => sum + gzipped(script), 0)).toBeLessThanOrEqual(170_000);
  });

  it('loads the texts of its own language alone, before its words are asked for', () => {
    const own = page.slice(0, 2) === 'zh' ? zh : en;
    const other = own === zh ? en : zh;
    const holding = (text: string) => scripts.filter((script) => read(script).includes(text));
    expect(holding(own['run.one-step.help'])).toHaveLength(1);
    expect(holding(other['run.one-step.help'])).toEqual([]);
  });

  it('can be read before any script has run', () => {
    const text = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ');
    expect(text.replace(/\s+/g, '').length).toBeGreaterThan(300);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
  });

  it('says its language, its title and what it is about', () => {
    expect(html).toContain(page.startsWith('zh') ? '<html lang="zh-CN">' : '<html lang="en">');
    expect(/<title>(.+)<\/title>/.exec(html)?.[1]).toContain('Livegrad');
    expect(/<meta name="description" content="([^"]{20,})"/.exec(html)).not.toBeNull();
    expect(html.match(/rel="alternate" hreflang=/g)?.length).toBeGreaterThan(0);
  });

  it('leads nowhere dead, and only to relative places of its own', () => {
    const links = [...html.matchAll(/<(?:a|link|script|img|source)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(
      ([, link = '']) => link,
    );
    const own = links.filter((link) => !/^(https?:|data:|#)/.test(link));
    for (const link of own) {
      expect(link.startsWith('/'), link).toBe(false);
      const file = follow(page, link.replace(/[?#].*$/, ''));
      expect(existsSync(join(dist, link.endsWith('/') ? `${file}/index.html` : file)), link).toBe(true);
    }
    for (const [, id = ''] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
    expect(html).not.toContain('file://');
  });

  it('may ask nobody but the book itself', () => {
    expect(html).toContain(`http-equiv="Content-Security-Policy" content="default-src 'self'`);
    expect(html).not.toMatch(/<(script|link|img|iframe)\b[^>]*(src|href)="https?:/);
  });
});

it('serves of KaTeX its woff2 fonts alone', () => {
  const fonts = files.filter((file) => /\.(woff2?|ttf|otf)$/.test(file));
  expect(fonts.length).toBeGreaterThan(5);
  expect(fonts.filter((file) => !file.endsWith('.woff2'))).toEqual([]);
});
