import { prerender } from 'react-dom/static';
import { rootFrom } from './app/address.ts';
import { knownPages, notFound, wayIn } from './app/alone.tsx';
import { describeHead } from './app/head.ts';
import { Livegrad } from './app/Livegrad.tsx';
import { findPage, openPage, type Opened } from './app/pages.ts';
import { isLanguage, languages, languageTags, type Language } from './i18n/languages.ts';
import { loadTexts } from './i18n/translate.ts';

/** A page of the book as HTML, with all that its file says outside the root element. */
export interface Prerendered {
  /** Folder below the book's root, with a slash at its end. */
  path: string;
  /** From there up to the root. */
  root: string;
  tag: string;
  title: string;
  description: string;
  /** The page in each language, by language tag, as links from here. */
  alternates: Readonly<Record<string, string>>;
  /** The sources whose chunks the page needs: the texts of its language, and its own words where it has any. */
  sources: readonly string[];
  body: string;
}

/** Makes every page of the book, and the files beside them that stand alone. */
export async function prerenderAll(): Promise<{ pages: Prerendered[]; files: Record<string, string> }> {
  const known = knownPages();
  const all = Object.entries(known).flatMap(([language, addresses]) =>
    isLanguage(language) ? addresses.map((address) => prerenderPage(language, address)) : [],
  );
  await Promise.all(languages.map(loadTexts)); // the way in speaks all of them
  const files = {
    'index.html': wayIn(),
    '404.html': notFound(),
    'pages.json': JSON.stringify({ livegrad: known }),
  };
  return { pages: await Promise.all(all), files };
}

async function prerenderPage(language: Language, address: string): Promise<Prerendered> {
  const opened = await openPage(language, address);
  if (opened === undefined) throw new Error(`Nothing is written at ${language}/${address}.`);
  // Else React writes what is large into hidden parts, and only a script would put them in their places.
  const progressiveChunkSize = Number.MAX_SAFE_INTEGER;
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const { prelude } = await prerender(<Livegrad start={opened} />, { progressiveChunkSize, onError });
  // React leaves a part that fails to the browser; here it would fail there, too.
  if (errors.length > 0) throw new Error(`${language}/${address} cannot be drawn.`, { cause: errors[0] });
  const words = findPage(address)?.files[language];
  const sources = [`src/i18n/${language}.ts`, ...(words === undefined ? [] : [words.slice(1)])]; // as Vite's manifest names them
  const root = rootFrom(address);
  const path = pathOf(opened);
  const body = await new Response(prelude).text();
  return { path, root, sources, body, alternates: alternatesOf(address, root), ...describeHead(opened) };
}

function pathOf({ language, address }: Opened): string {
  return `${language}/${address === '' ? '' : `${address}/`}`;
}

function alternatesOf(address: string, root: string): Record<string, string> {
  const written = languages.filter((language) => address === '' || findPage(address)?.files[language] !== undefined);
  return Object.fromEntries(written.map((language) => [languageTags[language], root + pathOf({ language, address })]));
}
