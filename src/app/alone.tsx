import { renderToStaticMarkup } from 'react-dom/server';
import { isLanguage, languageNames, languages, languageTags, preferredLanguage } from '#src/i18n/languages.ts';
import { translate } from '#src/i18n/translate.ts';
import { nearestPage, type KnownPages } from './nearest.ts';
import { outline, pageEntries } from './outline.ts';

/** The pages that need nothing else of the book: the way in, and the answer to an address that leads nowhere. */

const style = `
:root { color-scheme: light dark; background: light-dark(#fdfcf8, #15171b); color: light-dark(#1c1e22, #e9e7e1);
  font: 1.0625rem/1.7 system-ui, sans-serif; }
body { max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem; }
h1 { font-size: 2rem; line-height: 1.2; }
h2 { margin-top: 2rem; font-size: 1.1rem; }
a { color: light-dark(#0b58a5, #82b9ff); text-underline-offset: 0.18em; }
ul { padding: 0; list-style: none; }
code { overflow-wrap: anywhere; }
`;

/** The addresses that are written, by language; the contents' is empty. */
export function knownPages(): KnownPages {
  return Object.fromEntries(
    languages.map((language) => [
      language,
      ['', ...pageEntries(outline(language)).flatMap(({ address }) => (address === undefined ? [] : [address]))],
    ]),
  );
}

function ListOfPages() {
  return languages.map((language) => (
    <section key={language} lang={languageTags[language]}>
      <h2>{languageNames[language]}</h2>
      <ul>
        <li>
          <a href={`./${language}/`} data-path={`${language}/`}>
            {translate(language, 'app.contents')}
          </a>
        </li>
        {pageEntries(outline(language)).map(
          ({ number, title, address }) =>
            address !== undefined && (
              <li key={number}>
                <a href={`./${language}/${address}/`} data-path={`${language}/${address}/`}>
                  {number} {title}
                </a>
              </li>
            ),
        )}
      </ul>
    </section>
  ));
}

function Alone({ title, script, children }: { title: string; script: string; children: React.ReactNode }) {
  return (
    <html lang="zh-CN">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {children}
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}

const html = (page: React.ReactElement): string => `<!doctype html>\n${renderToStaticMarkup(page)}\n`;

/** `/`: on to the reader's language; without JavaScript, a choice. */
export function wayIn(): string {
  const script = `${preferredLanguageAsText()}
location.replace('./' + preferredLanguage(navigator.languages) + '/' + location.search + location.hash);`;
  return html(
    <Alone title={translate('en', 'app.book')} script={script}>
      <main>
        <h1>{translate('en', 'app.book')}</h1>
        <ListOfPages />
      </main>
    </Alone>,
  );
}

/** `404.html`: may be served at any depth below any base, and so looks for the book's root itself. */
export function notFound(): string {
  const script = `${preferredLanguageAsText()}
${nearestPage.toString()}
const known = ${JSON.stringify(knownPages())};
(${lead.toString()})();`;
  return html(
    <Alone title={`404 · ${translate('en', 'app.book')}`} script={script}>
      <main>
        <h1>404</h1>
        {languages.map((language) => (
          <p key={language} lang={languageTags[language]}>
            {translate(language, 'app.nothing-here')}
          </p>
        ))}
        <ListOfPages />
      </main>
    </Alone>,
  );
}

function preferredLanguageAsText(): string {
  return `const languages = ${JSON.stringify(languages)};\n${isLanguage.toString()}\n${preferredLanguage.toString()}`;
}

declare const known: KnownPages;

/** Runs in `404.html`: finds the root by its `pages.json`, mends the links, and goes on where it is clear whereto. */
async function lead(): Promise<void> {
  const parts = location.pathname.slice(0, 2000).split('/').slice(1, -1);
  const roots = parts.map((_, index) => '/' + parts.slice(0, index + 1).join('/') + '/');
  const beforeLanguage = parts.findIndex((part) => known[part.toLowerCase()] !== undefined);
  const likely =
    beforeLanguage < 0
      ? []
      : [
          '/' +
            parts
              .slice(0, beforeLanguage)
              .map((part) => part + '/')
              .join(''),
        ];
  for (const root of new Set([...likely, '/', ...roots])) {
    const isRoot = await fetch(root + 'pages.json')
      .then(async (response) => response.ok && 'livegrad' in ((await response.json()) as object))
      .catch(() => false);
    if (!isRoot) continue;
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-path]'))
      link.href = root + link.dataset.path;
    const asked = location.pathname.slice(root.length);
    const nearest = nearestPage(asked, known, preferredLanguage(navigator.languages));
    if (nearest === undefined) return;
    const target = new URL(root + nearest.path + location.search + location.hash, location.origin);
    if (!nearest.isSame) target.searchParams.set('asked', asked.slice(0, 100));
    location.replace(target);
    return;
  }
}
