import type { Heading, PhrasingContent, Root } from 'mdast';

/** A heading of a page, as the contents rail shows it. */
export interface PageHeading {
  id: string;
  text: string;
  depth: number;
}

/** An MDX expression in a heading, such as the id at a heading's end. */
interface Expression {
  type: 'mdxTextExpression';
  value: string;
}

const idComment = /^\/\*\s*#([\w-]+)\s*\*\/$/;

/** The id that a heading's last words ask for; those words and the space before them are taken away. */
function takeId(heading: Heading): string | undefined {
  const last = heading.children.at(-1) as PhrasingContent | Expression | undefined;
  const id = last?.type === 'mdxTextExpression' ? idComment.exec(last.value.trim())?.[1] : undefined;
  if (id === undefined) return undefined;
  heading.children.pop();
  const before = heading.children.at(-1);
  if (before?.type === 'text') before.value = before.value.trimEnd();
  heading.data = { ...heading.data, hProperties: { id } };
  return id;
}

function textOf(node: PhrasingContent | Heading): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** A comment `#id` in braces at a heading's end gives it that id; the page's module exports all of them as `headings`. */
export function headingIds() {
  return (tree: Root): void => {
    const headings: PageHeading[] = [];
    // The title is the front matter's: the shell sets it.
    tree.children = tree.children.filter((node) => node.type !== 'heading' || node.depth > 1);
    for (const node of tree.children) {
      if (node.type !== 'heading') continue;
      const id = takeId(node);
      if (id !== undefined) headings.push({ id, text: textOf(node), depth: node.depth });
    }
    tree.children.unshift(exported(headings) as unknown as (typeof tree.children)[number]);
  };
}

const literal = (value: string | number) => ({ type: 'Literal', value });

function object(entries: PageHeading) {
  const properties = Object.entries(entries).map(([key, value]: [string, string | number]) => ({
    type: 'Property',
    kind: 'init',
    key: literal(key),
    value: literal(value),
    method: false,
    shorthand: false,
    computed: false,
  }));
  return { type: 'ObjectExpression', properties };
}

/** `export const headings = [...]`, as MDX keeps JavaScript in its tree. */
function exported(headings: readonly PageHeading[]) {
  const declarator = {
    type: 'VariableDeclarator',
    id: { type: 'Identifier', name: 'headings' },
    init: { type: 'ArrayExpression', elements: headings.map(object) },
  };
  const declaration = { type: 'VariableDeclaration', kind: 'const', declarations: [declarator] };
  const statement = { type: 'ExportNamedDeclaration', specifiers: [], attributes: [], declaration };
  return {
    type: 'mdxjsEsm',
    value: '',
    data: { estree: { type: 'Program', sourceType: 'module', body: [statement] } },
  };
}
