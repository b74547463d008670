import mdx from '@mdx-js/rollup';
import react from '@vitejs/plugin-react';
import rehypeKatex from 'rehype-katex';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdxFrontmatter from 'remark-mdx-frontmatter';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { code } from './build/code.ts';
import { contents } from './build/contents.ts';
import { displayMath } from './build/displayMath.ts';
import { tableHeaders } from './build/tableHeaders.ts';
import { fences } from './build/fences.ts';
import { headingIds } from './build/headings.ts';
import { katexFonts } from './build/katexFonts.ts';
import { staticHost } from './build/preview.ts';
import { staticFormulas } from './build/staticFormulas.ts';
import { formulaSymbols } from './build/symbols.ts';

/** Chapters as React components, formulas and listings drawn when the book is built. */
function chapters(): Plugin {
  const { transform, ...plugin } = mdx({
    remarkPlugins: [remarkFrontmatter, remarkMdxFrontmatter, remarkGfm, remarkMath, displayMath, headingIds],
    rehypePlugins: [
      [rehypeKatex, { trust: true, strict: false, output: 'htmlAndMathml' }],
      tableHeaders,
      formulaSymbols,
      staticFormulas,
      fences,
    ],
  });
  return {
    ...plugin,
    enforce: 'pre',
    async transform(source, id) {
      return id.includes('?') ? undefined : ((await transform(source, id)) as { code: string } | undefined);
    },
  };
}

export default defineConfig(({ isSsrBuild }) => ({
  base: './',
  plugins: [code(), contents(), katexFonts(), chapters(), react(), staticHost()],
  publicDir: isSsrBuild === true ? false : 'public',
  build: {
    target: 'es2022',
    manifest: isSsrBuild !== true,
    // Fonts and pictures stay files: a page loads those it shows.
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'tests/{datasets,math,engine,nn,training,playgrounds,recurrent,build,i18n,bench}/**/*.test.{ts,tsx}',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'jsdom',
          environment: 'jsdom',
          include: ['tests/{app,ui,prose,chapters}/**/*.test.{ts,tsx}'],
        },
      },
      // Reads what `npm run build` wrote, and so runs after it.
      { extends: true, test: { name: 'dist', environment: 'node', include: ['tests/built/**/*.test.ts'] } },
    ],
  },
}));
