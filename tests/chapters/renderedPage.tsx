import type { MDXComponents, MDXContent } from 'mdx/types';
import { renderToStaticMarkup } from 'react-dom/server';
import { words } from '#src/app/words.ts';
import type { Language } from '#src/i18n/languages.ts';
import { LanguageContext, loadTexts } from '#src/i18n/translate.ts';
import { RunsProvider } from '#src/training/useRun.tsx';

const pages = import.meta.glob<{ default: MDXContent }>('/chapters/**/*.mdx');

/**
 * A page as the build writes it.
 *
 * @param folder below `chapters/`.
 * @param replaced what stands in place of components of the book, such as playgrounds whose words alone are looked at.
 */
export async function renderPage(folder: string, language: Language, replaced: MDXComponents = {}): Promise<Document> {
  await loadTexts(language);
  const page = await pages[`/chapters/${folder}/${language}.mdx`]?.();
  if (!page) throw new Error(`There is no page ${folder} in ${language}.`);
  const { default: Words } = page;
  const html = renderToStaticMarkup(
    <LanguageContext value={language}>
      <RunsProvider>
        <Words components={{ ...words, ...replaced }} />
      </RunsProvider>
    </LanguageContext>,
  );
  return new DOMParser().parseFromString(html, 'text/html');
}

/** The values of an attribute, in the order of the page. */
export function attributesOf(page: Document, name: string): string[] {
  return [...page.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name) ?? '');
}
