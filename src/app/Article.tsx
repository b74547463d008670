import { Suspense } from 'react';
import { useLanguage, useTranslate } from '#src/i18n/translate.ts';
import { linkTo } from './address.ts';
import styles from './Article.module.css';
import { Asked } from './Asked.tsx';
import { outline, pageEntries, type Entry } from './outline.ts';
import { findPage, type PageModule } from './pages.ts';
import { words } from './words.ts';

/** A page's own words, and the way to the pages before and after it. */
export function Article({ address, module: { default: Words } }: { address: string; module: PageModule }) {
  return (
    <>
      <article className={styles.article}>
        <Asked />
        <Title address={address} />
        {/* A boundary of its own: React brings it to life in slices, after the shell. */}
        <Suspense>
          <Words components={words} />
        </Suspense>
      </article>
      <Neighbours address={address} />
    </>
  );
}

function Title({ address }: { address: string }) {
  const language = useLanguage();
  const page = findPage(address);
  const { title, description } = page?.words[language] ?? {};
  return (
    <header>
      <p className={styles.number}>{page?.number}</p>
      <h1>{title ?? address}</h1>
      {description !== undefined && <p className={styles.promise}>{description}</p>}
    </header>
  );
}

function Neighbours({ address }: { address: string }) {
  const t = useTranslate();
  const all = pageEntries(outline(useLanguage()));
  const here = all.findIndex((entry) => entry.address === address);
  return (
    <nav className={styles.neighbours} aria-label={t('app.neighbours')}>
      <Neighbour entry={all[here - 1]} from={address} label={t('app.previous')} />
      <Neighbour entry={all[here + 1]} from={address} label={t('app.next')} />
    </nav>
  );
}

function Neighbour({ entry, from, label }: { entry: Entry | undefined; from: string; label: string }) {
  const language = useLanguage();
  const t = useTranslate();
  if (entry === undefined) return <span />;
  const title = `${entry.number} ${entry.title}`;
  return (
    <p>
      <span className={styles.label}>{label}</span>
      {entry.address === undefined ? (
        <span className={styles.unwritten}>{t('app.not-written-page', { title })}</span>
      ) : (
        <a href={linkTo(from, language, entry.address)}>{title}</a>
      )}
    </p>
  );
}
