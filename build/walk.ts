import type { Element, ElementContent, Root } from 'hast';

/** Calls `visit` for every element of a tree, parents first; where it returns `false`, children are passed over. */
export function walk(node: Root | ElementContent, visit: (element: Element) => boolean | undefined): void {
  if (node.type === 'element' && visit(node) === false) return;
  if ('children' in node) for (const child of node.children) walk(child as ElementContent, visit);
}

/** The text an element shows. */
export function textOf(node: Root | ElementContent): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map((child) => textOf(child as ElementContent)).join('') : '';
}
