import { useTranslate } from '#src/i18n/translate.ts';
import type { Scale } from './colorScale.ts';
import { formatNumber } from './numbers.ts';
import styles from './ScaleLegend.module.css';

export interface ScaleLegendProps {
  /** The value of the strongest colour. */
  limit: number;
  scale: Scale;
}

/** The colour scale of a figure with its range printed. */
export function ScaleLegend({ limit, scale }: ScaleLegendProps) {
  const t = useTranslate();
  const highest = formatNumber(limit, 2);
  const lowest = scale === 'signed' ? formatNumber(-limit, 2) : '0';
  return (
    <span
      role="img"
      className={styles.legend}
      aria-label={t(scale === 'signed' ? 'scale.signed' : 'scale.unsigned', { lowest, highest })}
    >
      <span className={styles.lowest}>{lowest}</span>
      <span className={`${styles.bar} ${scale === 'signed' ? styles.signed : styles.unsigned}`}>
        {scale === 'signed' && <span className={styles.zero}>0</span>}
      </span>
      <span className={styles.highest}>{highest}</span>
    </span>
  );
}
