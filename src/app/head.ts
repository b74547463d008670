import { languageTags } from '#src/i18n/languages.ts';
import { translate } from '#src/i18n/translate.ts';
import { findPage, type Opened } from './pages.ts';

/** What a page says of itself outside its body. */
export function describeHead({ language, address }: Opened): { tag: string; title: string; description: string } {
  const book = translate(language, 'app.book');
  const words = findPage(address)?.words[language];
  return {
    tag: languageTags[language],
    title: words ? `${words.title ?? address} · ${book}` : `${book} · ${translate(language, 'app.subtitle')}`,
    description: words?.description ?? translate(language, 'app.about'),
  };
}
