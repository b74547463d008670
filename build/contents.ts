import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---/;

/**
 * `import page from './zh.mdx?contents'`: the front matter's `name: text` lines alone, for the list of all pages, which
 * must not load the pages themselves.
 */
export function contents(): Plugin {
  return {
    name: 'livegrad:contents',
    enforce: 'pre',
    async load(id) {
      const [path, query] = id.split('?');
      if (path === undefined || query !== 'contents') return undefined;
      this.addWatchFile(path);
      const page = readFrontMatter(await readFile(path, 'utf8'));
      return { code: `export default ${JSON.stringify(page)};`, moduleType: 'js' };
    },
  };
}

export function readFrontMatter(source: string): Record<string, string> {
  const lines = frontMatter.exec(source)?.[1]?.split(/\r?\n/) ?? [];
  const pairs = lines.flatMap((line) => {
    const [, name, text] = /^([\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    return name === undefined || text === undefined ? [] : [[name, unquoted(text)] as const];
  });
  return Object.fromEntries(pairs);
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
