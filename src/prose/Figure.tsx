import type { ReactNode } from 'react';
import type { SourceId } from '#chapters/sources.ts';
import { Scroll } from '#src/ui/Scroll.tsx';
import styles from './Figure.module.css';

interface FigureProps {
  caption: ReactNode;
  /** The listing of the article that this one stands for. */
  source?: SourceId;
  children: ReactNode;
}

/** A drawing, table or listing with its caption. */
export function Figure({ caption, source, children }: FigureProps) {
  return (
    <figure className={styles.figure} data-source={source}>
      <Scroll>{children}</Scroll>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
