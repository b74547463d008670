import type { ReactNode } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { spec } from '../spec.ts';
import { texts } from '../texts.ts';
import { ActivationCurve } from './ActivationCurve.tsx';
import styles from './CellStage.module.css';
import { formatState, subscript } from './numbers.ts';

type Symbol = keyof typeof spec.symbols;

export interface CellStageProps {
  snapshot: NamedArrays | undefined;
  activation: string;
  isLast: boolean;
  /** Whether nothing can be computed yet. */
  isWaiting: boolean;
  /** The sum that the reader drags the working point to. */
  onDrag: (z: number) => void;
}

/** One time step drawn as it is computed: state and input come in, are weighted, added, bent, and go on as new state. */
export function CellStage({ snapshot, activation, isLast, isWaiting, onDrag }: CellStageProps) {
  const t = useTranslate(texts);
  const number = (name: string) => snapshot?.[name]?.values[0] ?? Number.NaN;
  const text = (value: number) => (snapshot ? formatState(value) : '–');
  const time = snapshot ? number('time') : 0;
  const [before, now] = [subscript(time - 1), subscript(time)];

  const lane = (from: Symbol, name: string, words: string, weight: Symbol) => {
    const [value, factor] = [number(spec.symbols[from].tensor), number(spec.symbols[weight].tensor)];
    return (
      <>
        <Node symbol={from} name={name} words={words} value={text(value)} />
        <Node symbol={weight} name={weight === 'W_h' ? 'Wₕ' : 'Wₓ'} value={`× ${text(factor)}`} />
        <span className={styles.product}>{text(value * factor)}</span>
      </>
    );
  };

  return (
    <div className={styles.stage} role="group" aria-label={t('rnn-cell.stage', { time })}>
      <div className={styles.lanes}>
        {lane('h', `h${before}`, t('rnn-cell.state'), 'W_h')}
        {lane('x', `x${now}`, t('rnn-cell.input'), 'W_x')}
        <Node symbol="b" name="b" words={t('rnn-cell.bias')} value={text(number('bias'))} />
        <span className={styles.empty} />
        <span className={styles.product}>{text(number('bias'))}</span>
      </div>
      <div className={styles.sum}>
        <Node symbol="z" name={`z${now}`} words={t('rnn-cell.sum')} value={text(number('z'))}>
          Σ
        </Node>
      </div>
      <div className={styles.curve}>
        <ActivationCurve
          name={activation}
          curve={snapshot?.['curve']?.values ?? []}
          z={number('z') || 0}
          h={number('h') || 0}
          slope={number('slope') || 0}
          onDrag={onDrag}
        />
        <p className={styles.drag} role="status">
          {t(isWaiting ? 'rnn-cell.loading' : 'rnn-cell.drag')}
        </p>
      </div>
      <div className={styles.result}>
        <Node symbol="h_t" name={`h${now}`} words={t('rnn-cell.new-state')} value={text(number('h'))} />
      </div>
      <p className={styles.loop}>
        <span>{t(isLast ? 'rnn-cell.loop-last' : 'rnn-cell.loop', { subscript: now })}</span>
      </p>
    </div>
  );
}

interface NodeProps {
  symbol: Symbol;
  name: string;
  words?: string;
  value: string;
  children?: ReactNode;
}

/** A symbol with its number of now. */
function Node({ symbol, name, words, value, children }: NodeProps) {
  const { node } = spec.symbols[symbol];
  return (
    <div className={styles.node} data-symbol={symbol} data-node={node} tabIndex={0}>
      <span className={styles.name}>
        {children && <span aria-hidden="true">{children} </span>}
        <i>{name}</i>
      </span>
      <span className={styles.value}>{value}</span>
      {words && <span className={styles.words}>{words}</span>}
    </div>
  );
}
