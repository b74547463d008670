import { useId, type ReactNode } from 'react';
import type { BibliographyId } from '#chapters/bibliography.ts';
import { errata, type ErratumId } from '#chapters/errata.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import { Scroll } from '#src/ui/Scroll.tsx';
import { Cite } from './Cite.tsx';
import styles from './Erratum.module.css';

interface ErratumProps {
  id: ErratumId;
  /** Where it can be checked. */
  from: readonly BibliographyId[];
  /** `<ArticleSays>` and `<Correction>`. */
  children: ReactNode;
}

/** An error of the article, shown where it matters: what it says, what is right, and who says so. */
export function Erratum({ id, from, children }: ErratumProps) {
  const titleId = useId();
  const translate = useTranslate();
  const label = translate('prose.erratum', { number: id.replace('erratum-', ''), section: errata[id] });
  return (
    <div className={styles.erratum} role="note" aria-labelledby={titleId} data-source={id}>
      <p className={styles.title} id={titleId}>
        <span className={styles.label}>{label}</span> {translate(id)}
      </p>
      <dl>
        {children}
        <div>
          <dt>{translate('prose.source')}</dt>
          <dd>
            <ul className={styles.sources}>
              {from.map((source) => (
                <li key={source}>
                  <Cite id={source} />
                </li>
              ))}
            </ul>
          </dd>
        </div>
      </dl>
    </div>
  );
}

/** What the article says, shortened or translated. */
export function ArticleSays({ children }: { children: ReactNode }) {
  const translate = useTranslate();
  return (
    <div className={styles.says}>
      <dt>{translate('prose.article-says')}</dt>
      <dd>
        <Scroll>{children}</Scroll>
      </dd>
    </div>
  );
}

export function Correction({ children }: { children: ReactNode }) {
  const translate = useTranslate();
  return (
    <div>
      <dt>{translate('prose.correction')}</dt>
      <dd>
        <Scroll>{children}</Scroll>
      </dd>
    </div>
  );
}
