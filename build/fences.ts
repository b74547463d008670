import type { Element, Root } from 'hast';
import { highlightElement } from './code.ts';
import { textOf, walk } from './walk.ts';

/** Fenced code of a chapter, highlighted as `model.ts` is. */
export function fences() {
  return async (tree: Root): Promise<void> => {
    const found: Element[] = [];
    walk(tree, (element) => {
      if (element.tagName !== 'pre') return undefined;
      found.push(element);
      return false;
    });
    await Promise.all(found.map(paint));
  };
}

async function paint(pre: Element): Promise<void> {
  const [inner] = pre.children;
  if (inner?.type !== 'element' || !Array.isArray(inner.properties.className)) return;
  const lang = /^language-(.+)$/.exec(String(inner.properties.className[0]))?.[1];
  if (lang === undefined) return;
  Object.assign(pre, await highlightElement(textOf(inner).trimEnd(), lang));
}
