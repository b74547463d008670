import type { ReactNode } from 'react';
import { languageTags, type Language } from '#src/i18n/languages.ts';
import { useLanguage } from '#src/i18n/translate.ts';
import styles from './words.module.css';

const otherLanguage: Readonly<Record<Language, Language>> = { zh: 'en', en: 'zh' };

/** A term of the field where it is first used, with the word that the other language has for it. */
export function Term({ other, children }: { other: string; children: ReactNode }) {
  const language = useLanguage();
  const [open, close] = language === 'zh' ? ['（', '）'] : [' (', ')'];
  return (
    <>
      <dfn className={styles.term}>{children}</dfn>
      <span className={styles.other}>
        {open}
        <span lang={languageTags[otherLanguage[language]]}>{other}</span>
        {close}
      </span>
    </>
  );
}
