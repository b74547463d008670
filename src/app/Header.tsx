import { languageNames, languages, languageTags, type Language } from '#src/i18n/languages.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import type { MouseEvent } from 'react';
import { linkTo } from './address.ts';
import styles from './Header.module.css';
import { findPage } from './pages.ts';
import { themes, useProjector, useTheme, type Theme } from './settings.ts';

interface Props {
  address: string;
  language: Language;
  onSwitch: (language: Language) => void;
}

export const railId = 'contents';

export function Header({ address, language, onSwitch }: Props) {
  const t = useTranslate();
  return (
    <header className={styles.header}>
      <a className={styles.skip} href="#text">
        {t('app.skip')}
      </a>
      {address !== '' && (
        <button type="button" className={styles.menu} popoverTarget={railId}>
          {t('app.contents')}
        </button>
      )}
      <a className={styles.book} href={linkTo(address, language, '')}>
        {t('app.book')} <span className={styles.subtitle}>{t('app.subtitle')}</span>
      </a>
      <div className={styles.settings}>
        {languages
          .filter((other) => other !== language)
          .map((other, place) => (
            // By place, so that the link that was pressed keeps the focus when it becomes the way back.
            <LanguageLink key={place} address={address} language={other} onSwitch={onSwitch} />
          ))}
        <ThemeChoice />
        <ProjectorButton />
      </div>
    </header>
  );
}

function LanguageLink({ address, language, onSwitch }: Props) {
  const isWritten = address === '' || findPage(address)?.files[language] !== undefined;
  function swap(event: MouseEvent) {
    if (!isWritten || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onSwitch(language);
  }
  return (
    <a
      className={styles.control}
      href={linkTo(address, language, isWritten ? address : '')}
      hrefLang={languageTags[language]}
      lang={languageTags[language]}
      onClick={swap}
    >
      {languageNames[language]}
    </a>
  );
}

function ThemeChoice() {
  const t = useTranslate();
  const [theme, setTheme] = useTheme();
  const names: Readonly<Record<Theme, string>> = {
    system: t('app.theme-system'),
    light: t('app.theme-light'),
    dark: t('app.theme-dark'),
  };
  return (
    <select
      className={styles.control}
      aria-label={t('app.theme')}
      value={theme}
      onChange={({ target }) => setTheme(themes.find((known) => known === target.value) ?? 'system')}
    >
      {themes.map((known) => (
        <option key={known} value={known}>
          {names[known]}
        </option>
      ))}
    </select>
  );
}

function ProjectorButton() {
  const t = useTranslate();
  const [isOn, setOn] = useProjector();
  return (
    <button
      type="button"
      className={`${styles.control} ${styles.projector}`}
      aria-pressed={isOn}
      title={t('app.projector-what')}
      onClick={() => setOn(!isOn)}
    >
      {t('app.projector')}
    </button>
  );
}
