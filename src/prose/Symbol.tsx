import type { ReactNode } from 'react';
import styles from './words.module.css';

/** A word that stands for a symbol of the playground `of`: it has the symbol's hue and lights up with it. */
export function Symbol({ of, name, children }: { of: string; name: string; children: ReactNode }) {
  return (
    <span className={styles.symbol} data-of={of} data-symbol={name} tabIndex={0}>
      {children}
    </span>
  );
}
