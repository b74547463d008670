import { useCallback } from 'react';
import { isKey, translate, useLanguage } from '#src/i18n/translate.ts';

export type OptionalText = (key: string, fallback?: string) => string;

/** The text of a key that is put together from a name (`hyperparameter.l2`), or the fallback where there is none. */
export function useOptionalText(): OptionalText {
  const language = useLanguage();
  return useCallback((key, fallback = '') => (isKey(language, key) ? translate(language, key) : fallback), [language]);
}

/** What stands between two sentences: nothing in Chinese. */
export function useSentenceGap(): string {
  return useLanguage() === 'zh' ? '' : ' ';
}
