import type { Plugin } from 'vite';

/** Of KaTeX's fonts the book serves the woff2 files alone: every browser that can train reads them. */
export function katexFonts(): Plugin {
  return {
    name: 'livegrad:katex-fonts',
    enforce: 'pre',
    transform(source, id) {
      if (!/katex(\.min)?\.css$/.test(id)) return undefined;
      return source.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'][^"']*["']\)/g, '');
    },
  };
}
