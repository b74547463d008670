import { readFile } from 'node:fs/promises';
import { codeToHtml, type DecorationItem } from 'shiki';
import ts from 'typescript';
import type { Plugin } from 'vite';

const themes = { light: 'github-light-default', dark: 'github-dark-default' } as const;

/** Where each identifier of a TypeScript source stands, so that it can be pointed at. */
function identifiers(source: string): DecorationItem[] {
  const found: DecorationItem[] = [];
  const file = ts.createSourceFile('model.ts', source, ts.ScriptTarget.Latest);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      found.push({ start: node.getStart(file), end: node.getEnd(), properties: { 'data-code': node.text } });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Source as HTML: a `<span class="line" data-line>` a line, a `<span data-code="name">` an identifier of TypeScript. */
export async function highlight(source: string, lang: string): Promise<string> {
  return codeToHtml(source, {
    lang,
    themes,
    defaultColor: false,
    decorations: lang === 'ts' ? identifiers(source) : [],
    transformers: [{ line: (node, line) => void (node.properties['data-line'] = line) }],
  });
}

/** `import html from './model.ts?code'`: the file, highlighted when the book is built. */
export function code(): Plugin {
  return {
    name: 'livegrad:code',
    enforce: 'pre',
    async load(id) {
      const [path, query] = id.split('?');
      if (path === undefined || query !== 'code') return undefined;
      this.addWatchFile(path);
      const source = (await readFile(path, 'utf8')).trimEnd();
      return { code: `export default ${JSON.stringify(await highlight(source, 'ts'))};`, moduleType: 'js' };
    },
  };
}
