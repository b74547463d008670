import type { Element, Root } from 'hast';
import { textOf, walk } from './walk.ts';

/**
 * A table's header cell without words heads nothing, and screen readers would announce an empty heading; one that is a
 * formula alone is named by its TeX.
 */
export function tableHeaders() {
  return (tree: Root): void =>
    walk(tree, (element) => {
      if (element.tagName !== 'th') return undefined;
      if (element.children.length === 0) element.tagName = 'td';
      else if (element.children.every((child) => child.type === 'element' && isFormula(child)))
        element.properties['ariaLabel'] = texOf(element);
      return false;
    });
}

function isFormula({ properties: { className } }: Element): boolean {
  return Array.isArray(className) && className.includes('katex');
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
