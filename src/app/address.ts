import { isLanguage, type Language } from '#src/i18n/languages.ts';

/** From the page at an address up to the book's root, such as `../../../`: links are relative, so any base will do. */
export function rootFrom(address: string): string {
  return '../'.repeat(depthOf(address));
}

/** Folders between the book's root and a page: its language and its address. */
function depthOf(address: string): number {
  return address === '' ? 1 : address.split('/').length + 1;
}

/** The link from the page at `from` to the one at `to`. */
export function linkTo(from: string, language: Language, to: string): string {
  return `${rootFrom(from)}${language}/${to === '' ? '' : `${to}/`}`;
}

/** Language and address in a path below the book's root, such as `zh/core-algorithms/cnn/`. */
export function readPath(path: string): { language: Language; address: string } | undefined {
  const [language = '', ...rest] = path.split('/').filter((part) => part !== '' && part !== 'index.html');
  return isLanguage(language) ? { language, address: rest.join('/') } : undefined;
}
