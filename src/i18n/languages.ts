/** The book's languages, in the order in which they are offered; the folder of an address is one of these. */
export const languages = ['zh', 'en'] as const;

export type Language = (typeof languages)[number];

export const languageNames: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' };

/** For `lang` attributes and number formats. */
export const languageTags: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

export function isLanguage(name: string): name is Language {
  return (languages as readonly string[]).includes(name);
}

/** The book's language nearest to what the browser asks for; Chinese where it asks for neither. */
export function preferredLanguage(asked: readonly string[]): Language {
  for (const tag of asked) {
    const language = tag.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(language)) return language;
  }
  return 'zh';
}
