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

/** Words of one playground: they lie in its folder and come with its code. */
export interface OwnTexts<K extends string> {
  en: Readonly<Record<K, string>>;
  zh: Readonly<Record<K, string>>;
}

const own = new Map<string, OwnTexts<string>>();

/**
 * Makes a playground's words known to all that says things about it, such as `metric.<name>`. The keys are the same in
 * each language; one that the shared texts have, too, means this playground's own.
 */
export function defineTexts<K extends string>(playgroundId: string, texts: OwnTexts<K>): OwnTexts<K> {
  own.set(playgroundId, texts);
  return texts;
}

export type Translate<K extends string = Key> = (key: K, values?: Readonly<Record<string, string | number>>) => string;

/**
 * The text of a key, its `{name}` places filled with `values`.
 *
 * @param texts are asked before the shared ones.
 * @throws Error before `loadTexts` has brought the language.
 */
export function translate(
  language: Language,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
  texts?: OwnTexts<string>,
): string {
  const text = texts?.[language][key] ?? (textsOf(language) as Readonly<Record<string, string>>)[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The text of a key that was put together from a name, of this playground or shared; none where there is none. */
export function findText(language: Language, key: string, playgroundId?: string): string | undefined {
  const texts: Readonly<Record<string, string>> = textsOf(language);
  return own.get(playgroundId ?? '')?.[language][key] ?? texts[key];
}

/** The playground whose part of the page this is; its words come before the shared ones. */
export const PlaygroundContext = createContext<string | undefined>(undefined);

export const LanguageContext = createContext<Language>('zh');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** @param texts the playground's own, whose keys are then known, too. */
export function useTranslate<K extends string = never>(texts?: OwnTexts<K>): Translate<Key | K> {
  const language = useLanguage();
  return useCallback((key, values) => translate(language, key, values, texts), [language, texts]);
}
