import { memo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { formatPercent } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import styles from './Alternatives.module.css';
import { visible, type Told } from './characters.ts';

const RANKS = [0, 1, 2, 3, 4];

/** What could have stood where the reader points: the likeliest characters, and the one that does. */
export const Alternatives = memo(function Alternatives({ told }: { told: Told | undefined }) {
  const t = useTranslate(texts);
  const { character, probability, alternatives = [] } = told ?? {};
  return (
    <div className={styles.place}>
      <p className={styles.caption}>
        {character === undefined ? (
          t('char-lstm.text.point')
        ) : (
          <>
            <bdi className={styles.character}>{visible(character)}</bdi>
            {character === '�' && <span className={styles.unknown}>{t('char-lstm.text.unknown')}</span>}
            <span className={styles.value}>{probability === undefined ? '–' : formatPercent(probability)}</span>
          </>
        )}
      </p>
      <table className={styles.table}>
        <caption className={styles.title}>{t('char-lstm.text.alternatives')}</caption>
        <tbody>
          {RANKS.map((rank) => {
            const one = alternatives[rank];
            return (
              <tr key={rank} className={one && one.character === character ? styles.taken : undefined}>
                <th scope="row">
                  <bdi>{one ? visible(one.character) : '–'}</bdi>
                </th>
                <td className={styles.bar}>
                  <span style={{ inlineSize: `${100 * (one?.probability ?? 0)}%` }} />
                </td>
                <td className={styles.value}>{one ? formatPercent(one.probability) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
});
