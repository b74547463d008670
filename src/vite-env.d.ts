/** A file as highlighted HTML, one `<span class="line" data-line>` a line, a `<span data-code="name">` an identifier. */
declare module '*?code' {
  const html: string;
  export default html;
}

/** The front matter of a page of the book, without the page. */
declare module '*?contents' {
  const frontMatter: Readonly<Record<string, string>>;
  export default frontMatter;
}

/** A page of the book. */
declare module '*.mdx' {
  export const frontmatter: Readonly<Record<string, string>>;
  export const headings: readonly { id: string; text: string; depth: number }[];
}
