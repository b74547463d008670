import { useLanguage, useTranslate } from '#src/i18n/translate.ts';
import type { MouseEvent } from 'react';
import { linkTo } from './address.ts';
import { railId } from './Header.tsx';
import { outline, type Entry } from './outline.ts';
import type { Heading } from './pages.ts';
import styles from './Rail.module.css';

interface Props {
  address: string;
  headings: readonly Heading[];
}

/** The contents beside the text; where there is no room beside it, a drawer that the header's button opens. */
export function Rail({ address, headings }: Props) {
  const language = useLanguage();
  const t = useTranslate();
  const entries = outline(language);
  function close({ target, currentTarget }: MouseEvent<HTMLElement>) {
    if (target instanceof HTMLAnchorElement && currentTarget.matches(':popover-open')) currentTarget.hidePopover();
  }
  return (
    <nav id={railId} popover="auto" className={styles.rail} aria-label={t('app.contents')} onClick={close}>
      <p className={styles.home}>
        <a href={linkTo(address, language, '')} aria-current={address === '' ? 'page' : undefined}>
          {t('app.contents')}
        </a>
      </p>
      <ol className={styles.sections}>
        {entries.map((entry) => (
          <li key={entry.number}>
            <Line entry={entry} from={address} headings={headings} />
            {entry.entries.some((page) => page.address !== undefined) && (
              <ol>
                {entry.entries.map((page) => (
                  <li key={page.number}>
                    <Line entry={page} from={address} headings={headings} />
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Line({ entry, from, headings }: { entry: Entry; from: string; headings: readonly Heading[] }) {
  const language = useLanguage();
  const t = useTranslate();
  const isHere = entry.address !== undefined && entry.address === from;
  const text = (
    <>
      <span className={styles.number}>{entry.number}</span>
      <span>{entry.title}</span>
    </>
  );
  if (entry.address === undefined) {
    return (
      <span className={styles.unwritten}>
        {text}
        {entry.entries.length === 0 && <span className={styles.hidden}> ({t('app.not-written')})</span>}
      </span>
    );
  }
  return (
    <>
      <a href={linkTo(from, language, entry.address)} aria-current={isHere ? 'page' : undefined}>
        {text}
      </a>
      {isHere && <OnThisPage headings={headings} />}
    </>
  );
}

function OnThisPage({ headings }: { headings: readonly Heading[] }) {
  const t = useTranslate();
  const shown = headings.filter(({ depth }) => depth === 2);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.headings} aria-label={t('app.on-this-page')}>
      {shown.map(({ id, text }) => (
        <li key={id}>
          <a href={`#${id}`}>{text}</a>
        </li>
      ))}
    </ul>
  );
}
