import { memo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { formatNumber } from '#src/ui/numbers.ts';
import { Scroll } from '#src/ui/Scroll.tsx';
import { texts } from '../texts.ts';
import styles from './ClipTable.module.css';

export interface ClipTableProps {
  snapshot: NamedArrays | undefined;
  clipNorm: number;
  learningRate: number;
}

const numbers = ['loss', 'plainLoss', 'clippedLoss', 'weightNorm', 'clipFactor'] as const;

/** One step of gradient descent without clipping and with it: how far it goes, and where it ends. */
export const ClipTable = memo(function ClipTable({ snapshot, clipNorm, learningRate }: ClipTableProps) {
  const t = useTranslate(texts);
  const [loss = Number.NaN, plain = Number.NaN, clipped = Number.NaN, norm = Number.NaN, factor = 1] = numbers.map(
    (name) => snapshot?.[name]?.values[0],
  );
  const say = (value: number) => (snapshot ? formatNumber(value, 3) : '–');
  const outcome = (after: number) => {
    if (!snapshot) return '';
    if (!Number.isFinite(after)) return t('unrolled.clip.broken');
    return after < loss ? t('unrolled.clip.better') : t('unrolled.clip.worse');
  };
  const rows = [
    { name: t('unrolled.clip.plain'), length: norm, after: plain },
    { name: t('unrolled.clip.clipped', { limit: formatNumber(clipNorm) }), length: norm * factor, after: clipped },
  ];
  return (
    <div className={styles.clip}>
      <Scroll label={t('unrolled.clip.gradient')}>
        <table className={styles.table}>
          <caption>{t('unrolled.clip', { rate: formatNumber(learningRate), loss: say(loss) })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('unrolled.clip.gradient')}</th>
              <th scope="col">{t('unrolled.clip.length')}</th>
              <th scope="col">{t('unrolled.clip.moves')}</th>
              <th scope="col">{t('unrolled.clip.loss')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, length, after }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{say(length)}</td>
                <td>{say(length * learningRate)}</td>
                <td>
                  {say(after)} <span className={styles.outcome}>{outcome(after)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className={styles.words}>
        {!snapshot || factor >= 1
          ? t('unrolled.clip.idle', { limit: formatNumber(clipNorm) })
          : t('unrolled.clip.shortened', { factor: say(factor) })}
        {snapshot && factor < 1 && !(clipped < loss) && <> {t('unrolled.clip.still')}</>}
      </p>
    </div>
  );
});
