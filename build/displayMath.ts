import type { Paragraph, Root } from 'mdast';

/** `$$ … $$` on one line of its own is a formula on a line of its own, as it is when the marks have lines to themselves. */
export function displayMath() {
  return (tree: Root, file: { toString(): string }): void => {
    const source = file.toString();
    visit(tree, (paragraph) => {
      const [only, ...others] = paragraph.children;
      const start = only?.position?.start.offset;
      if (only?.type !== 'inlineMath' || others.length > 0 || start === undefined) return;
      if (source.startsWith('$$', start)) {
        only.data = { ...only.data, hProperties: { className: ['language-math', 'math-display'] } };
      }
    });
  };
}

function visit(node: object, change: (paragraph: Paragraph) => void): void {
  if ('type' in node && node.type === 'paragraph') change(node as Paragraph);
  else if ('children' in node) for (const child of node.children as object[]) visit(child, change);
}
