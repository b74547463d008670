import type { ReactNode } from 'react';
import type { SourceId } from '#chapters/sources.ts';
import styles from './Figure.module.css';

interface DiagramProps {
  /** Instance of the playground whose symbols the nodes carry. */
  of: string;
  /** Name of the file in the page's `diagrams/`. */
  name: string;
  /** The drawing: `import svg from './diagrams/<name>.<language>.svg?raw'`. */
  svg: string;
  /** The diagram of the article that this one stands for. */
  source?: SourceId;
  /** Whether it may leave the column of prose. */
  isWide?: boolean;
  /** Caption. */
  children: ReactNode;
}

/** A diagram that `npm run diagrams` drew. Its nodes can be pointed at. */
export function Diagram({ of, name, svg, source, isWide = false, children }: DiagramProps) {
  return (
    <figure
      className={isWide ? `${styles.figure} breakout` : styles.figure}
      data-of={of}
      data-diagram={name}
      data-source={source}
    >
      <div className={styles.scroll} dangerouslySetInnerHTML={{ __html: svg }} />
      <figcaption>{children}</figcaption>
    </figure>
  );
}
