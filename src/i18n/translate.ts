import { createContext, useCallback, useContext } from 'react';
import { en, type Key } from './en.ts';
import type { Language } from './languages.ts';
import { zh } from './zh.ts';

const texts: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en, zh };

export type Translate = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** The text of a key, its `{name}` places filled with `values`. */
export function translate(
  language: Language,
  key: Key,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[language][key].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

export const LanguageContext = createContext<Language>('zh');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useTranslate(): Translate {
  const language = useLanguage();
  return useCallback((key, values) => translate(language, key, values), [language]);
}
