import type { Element, ElementContent, Root } from 'hast';
import { textOf, walk } from './walk.ts';

/**
 * Makes the terms of a formula that carry `data-symbol` focusable, each named by what it shows. The formula as a whole
 * is read from its MathML twin; of the drawn one only these terms reach a screen reader.
 */
export function formulaSymbols() {
  return (tree: Root): void => {
    walk(tree, (element) => {
      if (hasClass(element, 'katex-mathml')) cleanAnnotation(element);
      if (!hasClass(element, 'katex-html')) return undefined;
      if (containsSymbol(element)) {
        delete element.properties.ariaHidden;
        element.children.forEach(reveal);
      }
      return false;
    });
  };
}

function hasClass(element: Element, name: string): boolean {
  return Array.isArray(element.properties.className) && element.properties.className.includes(name);
}

function symbolOf(element: Element): unknown {
  return element.properties.dataSymbol ?? element.properties['data-symbol'];
}

function containsSymbol(node: ElementContent): boolean {
  if (node.type !== 'element') return false;
  return symbolOf(node) !== undefined || node.children.some(containsSymbol);
}

function reveal(node: ElementContent): void {
  if (node.type !== 'element') return;
  if (!containsSymbol(node)) {
    node.properties.ariaHidden = 'true';
  } else if (symbolOf(node) === undefined) {
    node.children.forEach(reveal);
  } else {
    const name = textOf(node).replace(/[\u200b\u2061]/g, '');
    Object.assign(node.properties, { tabIndex: 0, role: 'button', ariaLabel: name });
  }
}

/** The TeX that is copied with a formula is the formula's, without the marks that make terms addressable. */
function cleanAnnotation(mathml: Element): void {
  walk(mathml, ({ tagName, children: [text] }) => {
    if (tagName === 'annotation' && text?.type === 'text') text.value = withoutMarks(text.value);
    return undefined;
  });
}

const mark = /\\html(?:Data|Id|Class|Style)\{[^{}]*\}\{/;

export function withoutMarks(tex: string): string {
  const found = mark.exec(tex);
  if (found === null) return tex;
  const start = found.index + found[0].length;
  let depth = 1;
  let end = start;
  while (end < tex.length && depth > 0) {
    if (tex[end] === '\\') end++;
    else if (tex[end] === '{') depth++;
    else if (tex[end] === '}') depth--;
    end++;
  }
  return withoutMarks(`${tex.slice(0, found.index)}{${tex.slice(start, end - 1)}}${tex.slice(end)}`);
}
