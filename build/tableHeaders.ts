import type { Element, Root } from 'hast';
import { textOf, walk } from './walk.ts';

/**
 * A table's header cell without words heads nothing, and screen readers would announce an empty heading; one that is a
 * formula alone is announced by its TeX.
 */
export function tableHeaders() {
  return (tree: Root): void =>
    walk(tree, (element) => {
      if (element.tagName !== 'th') return undefined;
      if (element.children.length === 0) element.tagName = 'td';
      else if (element.children.every((child) => child.type === 'element' && hasClass(child, 'katex')))
        announceByTex(element);
      return false;
    });
}

function hasClass({ properties: { className } }: Element, name: string): boolean {
  return Array.isArray(className) && className.includes(name);
}

function announceByTex(header: Element): void {
  const style = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
  const text = { type: 'text' as const, value: texOf(header) };
  walk(header, (element) => {
    element.children = element.children.filter((child) => child.type !== 'element' || !hasClass(child, 'katex-mathml'));
    return undefined;
  });
  header.children.push({ type: 'element', tagName: 'span', properties: { style }, children: [text] });
}

/** What a formula's MathML keeps of its source. */
function texOf(formula: Element): string {
  let tex = '';
  walk(formula, (element) => {
    if (element.tagName === 'annotation') tex += textOf(element);
    return undefined;
  });
  return tex;
}
