import { memo, useMemo, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Question } from '#src/training/protocol.ts';
import type { Run } from '#src/training/run.ts';
import { Button } from '#src/ui/Button.tsx';
import controls from '#src/ui/controls.module.css';
import { formatFixed } from '#src/ui/numbers.ts';
import { signals, type Part } from '../spec.ts';
import { texts } from '../texts.ts';
import styles from './Search.module.css';

const BEST = 3;

export interface SearchProps {
  run: Run;
  isLoading: boolean;
  weights: 'now' | 'best';
  part: Part;
  onUnit: (unit: number) => void;
}

/** Which units keep track of something in the text: asked for, and told as a table to choose from. */
export const Search = memo(function Search({ run, isLoading, weights, part, onUnit }: SearchProps) {
  const t = useTranslate(texts);
  const [found, setFound] = useState<{ correlations: ArrayLike<number>; units: number; part: Part; step: number }>();
  const [isSearching, setIsSearching] = useState(false);
  const rows = useMemo(() => (found ? bestUnits(found.correlations, found.units) : []), [found]);

  async function search() {
    setIsSearching(true);
    const question: Question = { type: 'search', part, weights };
    try {
      const { correlations } = await run.ask(question);
      const step = run.getState().step;
      if (correlations) setFound({ correlations: correlations.values, units: correlations.shape[1] ?? 0, part, step });
    } catch {
      // the worker was replaced, or there is none: the reader may ask again
    } finally {
      setIsSearching(false);
    }
  }

  return (
    <section className={styles.search} aria-label={t('char-lstm.search.title')}>
      <h3 className={styles.title}>{t('char-lstm.search.title')}</h3>
      <p className={styles.note}>{t('char-lstm.search.about')}</p>
      <Button isBlocked={isSearching || isLoading} onPress={() => void search()}>
        {t(isSearching ? 'char-lstm.search.searching' : 'char-lstm.search.start', { part: t(`option.${part}`) })}
      </Button>
      {found && (
        <table className={styles.table}>
          <caption className={styles.caption}>
            {t(found.step === 0 ? 'char-lstm.search.found.stored' : 'char-lstm.search.found', {
              part: t(`option.${found.part}`),
              step: found.step,
            })}
          </caption>
          <tbody>
            {rows.map(({ signal, units }) => (
              <tr key={signal}>
                <th scope="row">{t(`char-lstm.signal.${signal}`)}</th>
                <td>
                  {units.length === 0
                    ? t('char-lstm.search.none')
                    : units.map(({ unit, correlation }) => (
                        <button
                          key={unit}
                          type="button"
                          className={`${controls.button} ${styles.unit}`}
                          onClick={() => onUnit(unit)}
                        >
                          {t('char-lstm.search.unit', { unit: unit + 1 })}
                          <span className={styles.correlation}>{formatFixed(correlation)}</span>
                        </button>
                      ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
});

/** For each signal the units that go along with it most; none where the text has no such signal. */
function bestUnits(correlations: ArrayLike<number>, units: number) {
  return signals.map((signal, row) => ({
    signal,
    units: Array.from({ length: units }, (_, unit) => ({ unit, correlation: correlations[row * units + unit] ?? 0 }))
      .filter(({ correlation }) => correlation !== 0)
      .sort((one, other) => Math.abs(other.correlation) - Math.abs(one.correlation))
      .slice(0, BEST),
  }));
}
