import type { ReactNode } from 'react';
import styles from './Figure.module.css';
import { Scroll } from './Scroll.tsx';

/** A drawing, table or listing with its caption. */
export function Figure({ caption, children }: { caption: ReactNode; children: ReactNode }) {
  return (
    <figure className={styles.figure}>
      <Scroll>{children}</Scroll>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
