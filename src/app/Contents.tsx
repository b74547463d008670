import { useLanguage, useTranslate } from '#src/i18n/translate.ts';
import { linkTo } from './address.ts';
import { Asked } from './Asked.tsx';
import styles from './Contents.module.css';
import { outline, pageEntries, type Entry } from './outline.ts';

/** The book's first page: what it is, what stands in it, how far it is written. */
export function Contents() {
  const t = useTranslate();
  const entries = outline(useLanguage());
  const all = pageEntries(entries);
  const written = all.filter(({ address }) => address !== undefined);
  return (
    <article className={styles.contents}>
      <Asked />
      <h1>{t('app.book')}</h1>
      <p className={styles.subtitle}>{t('app.subtitle')}</p>
      <p>{t('app.about')}</p>
      <h2>{t('app.contents')}</h2>
      <ol className={styles.sections}>
        {entries.map((entry) => (
          <li key={entry.number}>
            <Line entry={entry} />
            {entry.entries.length > 0 && (
              <ol>
                {entry.entries.map((page) => (
                  <li key={page.number}>
                    <Line entry={page} />
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
      <p className={styles.written}>{t('app.written', { written: written.length, all: all.length })}</p>
    </article>
  );
}

function Line({ entry }: { entry: Entry }) {
  const t = useTranslate();
  const language = useLanguage();
  const { number, title, promise, address, entries } = entry;
  return (
    <div className={styles.line}>
      <span className={styles.number}>{number}</span>
      {address === undefined ? (
        <span className={entries.length === 0 ? styles.unwritten : undefined}>{title}</span>
      ) : (
        <a href={linkTo('', language, address)}>{title}</a>
      )}
      {address === undefined && entries.length === 0 && <span className={styles.mark}>{t('app.not-written')}</span>}
      {promise !== undefined && <p className={styles.promise}>{promise}</p>}
    </div>
  );
}
