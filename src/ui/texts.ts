import { useCallback, useContext } from 'react';
import { findText, PlaygroundContext, useLanguage } from '#src/i18n/translate.ts';

export type OptionalText = (key: string, fallback?: string) => string;

/**
 * The text of a key that is put together from a name (`hyperparameter.l2`), or the fallback where there is none.
 *
 * @param playgroundId whose words are meant; absent: of the playground around.
 */
export function useOptionalText(playgroundId?: string): OptionalText {
  const language = useLanguage();
  const around = useContext(PlaygroundContext);
  const id = playgroundId ?? around;
  return useCallback((key, fallback = '') => findText(language, key, id) ?? fallback, [language, id]);
}

/** What stands between two sentences: nothing in Chinese. */
export function useSentenceGap(): string {
  return useLanguage() === 'zh' ? '' : ' ';
}
