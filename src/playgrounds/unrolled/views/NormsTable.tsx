import { useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { formatNumber } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import styles from './ClipTable.module.css';

export interface NormsTableProps {
  norms: ArrayLike<number> | undefined;
  factor: number;
  radius: number;
}

/** The bars in numbers, the last time step first: the way that the gradient goes. */
export function NormsTable({ norms, factor, radius }: NormsTableProps) {
  const t = useTranslate(texts);
  const [isOpen, setIsOpen] = useState(false);
  const steps = norms?.length ?? 0;
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{t('chart.table')}</summary>
      {isOpen && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('unrolled.table.time')}</th>
              <th scope="col">{t('unrolled.table.norm')}</th>
              <th scope="col">{t('unrolled.table.clipped')}</th>
              <th scope="col">{t('unrolled.table.radius')}</th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: steps }, (_, back) => steps - 1 - back).map((time) => (
              <tr key={time}>
                <th scope="row">{time}</th>
                <td>{formatNumber(norms?.[time] ?? 0)}</td>
                <td>{formatNumber((norms?.[time] ?? 0) * factor)}</td>
                <td>{formatNumber(radius ** (steps - 1 - time))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
