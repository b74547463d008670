import { createContext, useCallback, useContext } from 'react';
import type { Key } from './en.ts';
import { languages, type Language } from './languages.ts';

type Texts = Readonly<Record<Key, string>>;

/** A page loads the texts of its reader's language alone. */
const load: Readonly<Record<Language, () => Promise<Texts>>> = {
  zh: async () => (await import('./zh.ts')).zh,
  en: async () => (await import('./en.ts')).en,
};

const loaded = new Map<Language, Texts>();

/** Brings the texts of a language: nothing can be said in it before. */
export async function loadTexts(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, await load[language]());
}

function textsOf(language: Language): Texts {
  const texts = loaded.get(language);
  if (texts === undefined) throw new Error(`The texts of "${language}" are not loaded.`);
  return texts;
}

/** Words of one playground, which lie in its folder and come with its code, by key. */
const own: Readonly<Record<Language, Map<string, string>>> = { zh: new Map(), en: new Map() };

export interface OwnTexts<K extends string> {
  en: Readonly<Record<K, string>>;
  zh: Readonly<Record<K, string>>;
}

/** Makes these known to all that say things about the playground, such as `metric.<name>`; the keys are the same in each. */
export function defineTexts<K extends string>(texts: OwnTexts<K>): OwnTexts<K> {
  for (const language of languages)
    for (const [key, text] of Object.entries<string>(texts[language])) own[language].set(key, text);
  return texts;
}

export type Translate<K extends string = Key> = (key: K, values?: Readonly<Record<string, string | number>>) => string;

/**
 * The text of a key, its `{name}` places filled with `values`.
 *
 * @throws Error before `loadTexts` has brought the language.
 */
export function translate(
  language: Language,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const text = (textsOf(language) as Readonly<Record<string, string>>)[key] ?? own[language].get(key) ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** Whether a name that was put together is the key of a text. */
export function isKey(language: Language, name: string): name is Key {
  return Object.hasOwn(textsOf(language), name) || own[language].has(name);
}

export const LanguageContext = createContext<Language>('zh');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** @param _own the playground's own texts, whose keys are then known, too. */
export function useTranslate<K extends string = never>(_own?: OwnTexts<K>): Translate<Key | K> {
  const language = useLanguage();
  return useCallback((key, values) => translate(language, key, values), [language]);
}
