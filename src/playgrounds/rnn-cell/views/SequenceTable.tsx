import { useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Values } from '#src/training/spec.ts';
import controls from '#src/ui/controls.module.css';
import { formatNumber } from '#src/ui/numbers.ts';
import hidden from '#src/ui/visuallyHidden.module.css';
import { Scroll } from '#src/ui/Scroll.tsx';
import { LONGEST, spec } from '../spec.ts';
import { texts } from '../texts.ts';
import { NumberField } from './NumberField.tsx';
import { formatState, subscript } from './numbers.ts';
import styles from './SequenceTable.module.css';

export interface SequenceTableProps {
  values: Values;
  /** The state after each input, in order; longer than the sequence. */
  states: ArrayLike<number> | undefined;
  /** The time step that is seen from inside. */
  time: number;
  onTime: (time: number) => void;
  onChange: (changed: Values) => void;
}

const { min, max } = spec.hyperparameters.input0;

/** The inputs, to be typed, and the states that they leave; one column a time step. */
export function SequenceTable({ values, states, time, onTime, onChange }: SequenceTableProps) {
  const t = useTranslate(texts);
  const [complaint, setComplaint] = useState('');
  const count = Number(values['inputCount']);
  const times = Array.from({ length: count }, (_, at) => at);
  const isAtEnd = time >= count - 1;
  const field = (name: string, label: string) => (
    <NumberField
      className={styles.field}
      label={label}
      value={Number(values[name])}
      min={min}
      max={max}
      onChange={(value) => onChange({ [name]: value })}
      onComplaint={(about) =>
        setComplaint(
          about === undefined
            ? ''
            : t(about.isNumber ? 'rnn-cell.clamped' : 'rnn-cell.not-a-number', {
                typed: about.typed,
                value: formatNumber(about.used),
              }),
        )
      }
    />
  );
  const button = (text: string, blocked: string | undefined, onPress: () => void) => (
    <button
      type="button"
      className={controls.button}
      aria-disabled={blocked !== undefined || undefined}
      title={blocked}
      onClick={blocked === undefined ? onPress : undefined}
    >
      {text}
      {blocked !== undefined && <span className={hidden.visuallyHidden}>. {blocked}</span>}
    </button>
  );

  return (
    <div className={styles.sequence}>
      <div className={styles.buttons}>
        {button(t('run.one-step'), isAtEnd ? t('rnn-cell.step.blocked') : undefined, () => onTime(time + 1))}
        <button type="button" className={controls.button} onClick={() => onTime(0)}>
          {t('run.start-again')}
        </button>
        {button(t('rnn-cell.more'), count === LONGEST ? t('rnn-cell.more.blocked') : undefined, () =>
          onChange({ inputCount: count + 1 }),
        )}
        {button(t('rnn-cell.fewer'), count === 1 ? t('rnn-cell.fewer.blocked') : undefined, () =>
          onChange({ inputCount: count - 1 }),
        )}
      </div>
      <Scroll label={t('rnn-cell.sequence')}>
        <table className={styles.table}>
          <caption>{t('rnn-cell.sequence')}</caption>
          <thead>
            <tr>
              <th scope="row">{t('rnn-cell.time')}</th>
              <th scope="col" className={styles.start}>
                {t('rnn-cell.before')}
              </th>
              {times.map((at) => (
                <th key={at} scope="col">
                  <button
                    type="button"
                    className={styles.time}
                    aria-label={t('rnn-cell.look-at', { time: at })}
                    aria-pressed={at === time}
                    onClick={() => onTime(at)}
                  >
                    {at}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row" data-symbol="x" tabIndex={0}>
                <i>xₜ</i>
              </th>
              <td />
              {times.map((at) => (
                <td key={at} className={at === time ? styles.now : undefined}>
                  {field(`input${at}`, t('rnn-cell.input-at', { time: at }))}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row" data-symbol="h_t" tabIndex={0}>
                <i>hₜ</i>
              </th>
              <td>{field('initialState', `h${subscript(-1)}`)}</td>
              {times.map((at) => (
                <td key={at} className={`${styles.state} ${at === time ? styles.now : ''}`}>
                  {states ? formatState(states[at] ?? Number.NaN) : '–'}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </Scroll>
      <p className={styles.complaint} role="alert">
        {complaint}
      </p>
    </div>
  );
}
