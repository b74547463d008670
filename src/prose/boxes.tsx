import { useId, type ReactNode } from 'react';
import type { Key } from '#src/i18n/en.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import styles from './boxes.module.css';

interface Words {
  children: ReactNode;
}

/** What a page opens with, in slightly larger type. */
export function Intro({ children }: Words) {
  return <div className={styles.intro}>{children}</div>;
}

function Named({ className, title, children }: Words & { className: string | undefined; title: Key }) {
  const id = useId();
  const translate = useTranslate();
  return (
    <div className={className} role="note" aria-labelledby={id}>
      <p className={styles.title} id={id}>
        {translate(title)}
      </p>
      {children}
    </div>
  );
}

/** What the reader can do after the page: a list of a few short promises. */
export function YouWillLearn({ children }: Words) {
  return (
    <Named className={styles.plain} title="prose.you-will-learn">
      {children}
    </Named>
  );
}

/** A mistake that many make, and how to see it. */
export function Pitfall({ children }: Words) {
  return (
    <Named className={styles.pitfall} title="prose.pitfall">
      {children}
    </Named>
  );
}

/** The page once more, in a few sentences to keep. */
export function Recap({ children }: Words) {
  return (
    <Named className={styles.plain} title="prose.recap">
      {children}
    </Named>
  );
}

/** More for those who want it; the page reads well without. */
export function DeepDive({ title, children }: Words & { title: string }) {
  const translate = useTranslate();
  return (
    <details className={styles.deepDive}>
      <summary>
        <span className={styles.title}>{translate('prose.deep-dive')}</span> {title}
      </summary>
      <div>{children}</div>
    </details>
  );
}
