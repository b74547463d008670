import type { ReactNode } from 'react';
import styles from './Figure.module.css';

/** A drawing, table or listing with its caption. */
export function Figure({ caption, children }: { caption: ReactNode; children: ReactNode }) {
  return (
    <figure className={styles.figure}>
      <div className={styles.scroll}>{children}</div>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
