import { readFile } from 'node:fs/promises';
import type { Element } from 'hast';
import { codeToHast, codeToHtml, type CodeToHastOptions, type DecorationItem } from 'shiki';
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

function optionsFor(source: string, lang: string): CodeToHastOptions {
  return {
    lang,
    themes,
    defaultColor: false,
    // Comments, dark enough for the ground they stand on (4.5 to 1).
    colorReplacements: { [themes.light]: { '#6e7781': '#59636e' } },
    decorations: lang === 'ts' ? identifiers(source) : [],
    transformers: [{ line: (node, line) => void (node.properties['data-line'] = line) }],
  };
}

/** Source as HTML: a `<span class="line" data-line>` a line, a `<span data-code="name">` an identifier of TypeScript. */
export async function highlight(source: string): Promise<string> {
  return codeToHtml(source, optionsFor(source, 'ts'));
}

/** The same as an element, in any language that Shiki knows. */
export async function highlightElement(source: string, lang: string): Promise<Element | undefined> {
  const [element] = (await codeToHast(source, optionsFor(source, lang))).children;
  return element?.type === 'element' ? element : undefined;
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
      return { code: `export default ${JSON.stringify(await highlight(source))};`, moduleType: 'js' };
    },
  };
}
