import type { MDXContent } from 'mdx/types';
import { isLanguage, type Language } from '#src/i18n/languages.ts';
import { loadTexts } from '#src/i18n/translate.ts';

export type FrontMatter = Readonly<Record<string, string>>;

/** A page's own module: its words as a component, and its headings. */
export interface PageModule {
  default: MDXContent;
  headings: readonly Heading[];
}

export interface Heading {
  id: string;
  text: string;
  depth: number;
}

/** A page that is written. */
export interface Page {
  /** Where it lies below its language, such as `core-algorithms/cnn`: the folders without their numbers. */
  address: string;
  /** Its number in the book, such as `3.1`; that of an appendix is a letter. */
  number: string;
  /** Its front matter in each language it is written in. */
  words: Readonly<Partial<Record<Language, FrontMatter>>>;
  /** The files, by language. */
  files: Readonly<Partial<Record<Language, string>>>;
}

/**
 * Makes the list of pages, in reading order, of the front matter of `/chapters/03-section/01-page/zh.mdx` and the like;
 * an appendix lies in `/chapters/A-page/`.
 */
export function listPages(frontMatters: Readonly<Record<string, FrontMatter>>): Page[] {
  const pages = new Map<string, Page>();
  for (const file of Object.keys(frontMatters).sort()) {
    const folders = file.split('/').slice(2, -1);
    const language = /(\w+)\.mdx$/.exec(file)?.[1] ?? '';
    if (!isLanguage(language)) continue;
    const address = folders.map((folder) => folder.replace(/^(\d+|[A-Z])-/, '')).join('/');
    const number = folders.map((folder) => /^0*(\w+)/.exec(folder)?.[1]).join('.');
    const { words, files } = pages.get(address) ?? { words: {}, files: {} };
    pages.set(address, {
      address,
      number,
      words: { ...words, [language]: frontMatters[file] },
      files: { ...files, [language]: file },
    });
  }
  return [...pages.values()];
}

export const pages: readonly Page[] = listPages(
  import.meta.glob<FrontMatter>('/chapters/**/*.mdx', { query: '?contents', import: 'default', eager: true }),
);

const modules = import.meta.glob<PageModule>('/chapters/**/*.mdx');

export function findPage(address: string): Page | undefined {
  return pages.find((page) => page.address === address);
}

/** What the reader has open: a page in a language, or the contents, whose address is empty. */
export interface Opened {
  language: Language;
  address: string;
  /** The page's words; the contents have none. */
  module?: PageModule;
}

/** Loads the page at an address and the texts of its language; `undefined` where there is none in this language. */
export async function openPage(language: Language, address: string): Promise<Opened | undefined> {
  const load = modules[findPage(address)?.files[language] ?? ''];
  if (address !== '' && load === undefined) return undefined;
  const [module] = await Promise.all([load?.(), loadTexts(language)]);
  return { language, address, ...(module && { module }) };
}
