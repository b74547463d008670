import { createContext, useCallback, useContext } from 'react';
import type { Key } from './en.ts';
import type { Language } from './languages.ts';

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

export type Translate = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/**
 * The text of a key, its `{name}` places filled with `values`.
 *
 * @throws Error before `loadTexts` has brought the language.
 */
export function translate(
  language: Language,
  key: Key,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return textsOf(language)[key].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** Whether a name that was put together is the key of a text. */
export function isKey(language: Language, name: string): name is Key {
  return Object.hasOwn(textsOf(language), name);
}

export const LanguageContext = createContext<Language>('zh');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useTranslate(): Translate {
  const language = useLanguage();
  return useCallback((key, values) => translate(language, key, values), [language]);
}
