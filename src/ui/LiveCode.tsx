import { memo } from 'react';
import styles from './LiveCode.module.css';

export interface LiveCodeProps {
  /** Highlighted when the book was built; identifiers carry `data-code`. */
  html: string;
  file: string;
  label: string;
}

/** The code that runs, as it is in the repository. Its identifiers light up with the symbols they stand for. */
export const LiveCode = memo(function LiveCode({ html, file, label }: LiveCodeProps) {
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <code>{file}</code>
      </figcaption>
      <div
        className={styles.code}
        role="region"
        aria-label={label}
        tabIndex={0}
        dangerouslySetInnerHTML={{ __html: html }}
      />
    </figure>
  );
});
