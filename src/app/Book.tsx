import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { LanguageContext } from '#src/i18n/translate.ts';
import type { Language } from '#src/i18n/languages.ts';
import { LinkContext } from '#src/ui/links.ts';
import { linkTo, readPath, rootFrom } from './address.ts';
import { Article } from './Article.tsx';
import styles from './Book.module.css';
import { Contents } from './Contents.tsx';
import { describeHead } from './head.ts';
import { Header } from './Header.tsx';
import { openPage, type Opened } from './pages.ts';
import { PointingLayer } from './PointingLayer.tsx';
import { bringPlaygrounds } from './playgrounds.ts';
import { readPlace, scrollToPlace, type ReadingPlace } from './place.ts';
import { Rail } from './Rail.tsx';

/** The whole page. What it is about may change its language in place; runs live above it and go on. */
export function Book({ start }: { start: Opened }) {
  const [opened, switchTo] = useLanguageSwitch(start);
  const { language, address, module } = opened;
  const link = useCallback((to: string) => linkTo(address, language, to), [address, language]);
  return (
    <LanguageContext value={language}>
      <Header address={address} language={language} onSwitch={switchTo} />
      <div className={module && styles.body}>
        {module && <Rail address={address} headings={module.headings} />}
        <main id="text" tabIndex={-1} className={styles.main}>
          <LinkContext value={link}>
            {module === undefined ? <Contents /> : <Article address={address} module={module} key={language} />}
          </LinkContext>
        </main>
      </div>
      <PointingLayer />
    </LanguageContext>
  );
}

/** What is open, and how to read it in another language: in place, at the same heading, with a step of history. */
function useLanguageSwitch(start: Opened): [Opened, (language: Language) => void] {
  const [opened, setOpened] = useState(start);
  const current = useRef(start);

  async function show(language: Language, address: string): Promise<void> {
    const [next] = await Promise.all([openPage(language, address), bringPlaygrounds()]);
    if (next === undefined) throw new Error(`Nothing is written at ${language}/${address}.`);
    const place: ReadingPlace | undefined = readPlace();
    current.current = next;
    flushSync(() => setOpened(next));
    const { tag, title } = describeHead(next);
    document.documentElement.lang = tag;
    document.title = title;
    if (place) scrollToPlace(place);
  }

  useEffect(() => {
    const root = new URL(rootFrom(start.address), location.href).pathname;
    function followHistory() {
      const asked = readPath(location.pathname.slice(root.length));
      if (asked === undefined || asked.language === current.current.language) return;
      show(asked.language, asked.address).catch(() => location.reload());
    }
    window.addEventListener('popstate', followHistory);
    return () => window.removeEventListener('popstate', followHistory);
  }, [start.address]);

  function switchTo(language: Language): void {
    const { address } = current.current;
    const target = new URL(linkTo(address, language, address), location.href);
    target.search = location.search;
    show(language, address).then(
      () => history.pushState(null, '', target),
      () => location.assign(target),
    );
  }
  return [opened, switchTo];
}
