import { memo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray } from '#src/training/journal.ts';
import { useOptionalText } from '#src/ui/texts.ts';
import { Scroll } from '#src/ui/Scroll.tsx';
import { activations } from '../spec.ts';
import { texts } from '../texts.ts';
import styles from './Comparison.module.css';
import { formatState } from './numbers.ts';

export interface ComparisonProps {
  /** `[activation, time]` */
  states: NamedArray | undefined;
  /** Of the last state by each, in the same order. */
  gradients: NamedArray | undefined;
  chosen: string;
}

const steepest = { tanh: '1', sigmoid: '1/4', relu: '1' };
const [width, height] = [200, 80];

/** The same weights and inputs with each activation function, as pictures and as a table. */
export const Comparison = memo(function Comparison({ states, gradients, chosen }: ComparisonProps) {
  const t = useTranslate(texts);
  const text = useOptionalText();
  const rows = activations.map((activation, at) => {
    const of = (array: NamedArray | undefined) => {
      const length = array?.shape[1] ?? 0;
      return [...(array?.values.subarray(at * length, (at + 1) * length) ?? [])];
    };
    const row = of(states);
    const name = text(`option.${activation}`, activation);
    const gradient = of(gradients)[0] ?? Number.NaN;
    return { activation, name, states: row, gradient, lowest: Math.min(...row), highest: Math.max(...row) };
  });
  const shown = (value: number | undefined) => (states ? formatState(value ?? Number.NaN) : '–');

  return (
    <figure className={styles.comparison}>
      <figcaption>
        <b>{t('rnn-cell.compare')}</b>
        <span className={styles.what}>{t('rnn-cell.compare.what')}</span>
      </figcaption>
      <div className={styles.plots}>
        {rows.map(({ activation, name, states: row, lowest, highest }) => (
          <div key={activation} className={styles.one} data-chosen={activation === chosen || undefined}>
            <p className={styles.title}>
              <span>{name}</span> <span className={styles.limit}>± {shown(limitOf(lowest, highest))}</span>
            </p>
            <StatesPlot
              states={row}
              limit={limitOf(lowest, highest)}
              label={t('rnn-cell.compare.plot', {
                name,
                lowest: shown(lowest),
                highest: shown(highest),
                last: shown(row.at(-1)),
              })}
            />
          </div>
        ))}
      </div>
      <Scroll label={t('rnn-cell.compare')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('rnn-cell.compare.activation')}</th>
              <th scope="col">{t('rnn-cell.compare.last')}</th>
              <th scope="col">{t('rnn-cell.compare.range')}</th>
              <th scope="col">{t('rnn-cell.compare.slope')}</th>
              <th scope="col">{t('rnn-cell.compare.gradient')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ activation, name, states: row, gradient, lowest, highest }) => (
              <tr key={activation} aria-current={activation === chosen || undefined}>
                <th scope="row">{name}</th>
                <td>{shown(row.at(-1))}</td>
                <td>
                  {shown(lowest)} … {shown(highest)}
                </td>
                <td>{steepest[activation]}</td>
                <td>
                  × {shown(gradient)} <span className={styles.verdict}>{states && t(verdictOn(gradient))}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </figure>
  );
});

function StatesPlot({ states, limit, label }: { states: readonly number[]; limit: number; label: string }) {
  const across = (at: number) => ((at + 0.5) / Math.max(1, states.length)) * width;
  const down = (value: number) => height / 2 - (value / limit) * (height / 2 - 5);
  return (
    <svg className={styles.plot} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path className={styles.zero} d={`M0 ${height / 2} H${width}`} />
      <path
        className={styles.stems}
        d={states.map((state, at) => `M${across(at)} ${height / 2} V${down(state)}`).join(' ')}
      />
      {states.map((state, at) => (
        <circle key={at} className={styles.dot} cx={across(at)} cy={down(state)} r={3} />
      ))}
    </svg>
  );
}

/** Bounded functions are drawn from -1 to 1, others as far as they go. */
function limitOf(lowest: number, highest: number): number {
  return Math.max(1, Math.abs(lowest), Math.abs(highest));
}

function verdictOn(gradient: number) {
  const size = Math.abs(gradient);
  if (size > 10) return 'rnn-cell.verdict.explodes';
  return size < 0.01 ? 'rnn-cell.verdict.vanishes' : 'rnn-cell.verdict.arrives';
}
