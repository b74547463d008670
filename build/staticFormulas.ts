import type { Element, ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';

/**
 * A set formula as one piece of HTML: it holds hundreds of elements that never change, and React would make and
 * compare each of them when the page comes alive.
 */
export function staticFormulas() {
  return (tree: Root): void => replaceIn(tree);
}

function replaceIn(node: Root | ElementContent): void {
  if (!('children' in node)) return;
  node.children.forEach((child, at) => {
    if (child.type === 'element' && isFormula(child)) node.children[at] = asHtml(child) as unknown as ElementContent;
    else replaceIn(child as ElementContent);
  });
}

function isFormula({ properties: { className } }: Element): boolean {
  return Array.isArray(className) && className.some((name) => name === 'katex' || name === 'katex-display');
}

/** `<span className="…" dangerouslySetInnerHTML={{ __html: '…' }} />` as MDX writes it. */
function asHtml({ properties: { className }, children }: Element) {
  const html = toHtml(children);
  const value = { type: 'Literal', value: html, raw: JSON.stringify(html) };
  const key = { type: 'Identifier', name: '__html' };
  const property = { type: 'Property', kind: 'init', method: false, shorthand: false, computed: false, key, value };
  const expression = { type: 'ObjectExpression', properties: [property] };
  const estree = { type: 'Program', sourceType: 'module', body: [{ type: 'ExpressionStatement', expression }] };
  return {
    type: 'mdxJsxTextElement',
    name: 'span',
    attributes: [
      { type: 'mdxJsxAttribute', name: 'className', value: (className as string[]).join(' ') },
      {
        type: 'mdxJsxAttribute',
        name: 'dangerouslySetInnerHTML',
        value: { type: 'mdxJsxAttributeValueExpression', value: '', data: { estree } },
      },
    ],
    children: [],
  };
}
