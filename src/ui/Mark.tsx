import styles from './Mark.module.css';

/** A tick or a cross: a shape, never only a colour. The words stand beside it. */
export function Mark({ isRight }: { isRight: boolean }) {
  return (
    <svg className={`${styles.mark} ${isRight ? styles.right : styles.wrong}`} viewBox="0 0 12 12" aria-hidden="true">
      <path d={isRight ? 'M1.5 6.5 L4.8 9.8 L10.5 2.5' : 'M2.2 2.2 L9.8 9.8 M9.8 2.2 L2.2 9.8'} />
    </svg>
  );
}
