import { useMemo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray } from '#src/training/journal.ts';
import type { SymbolSpec } from '#src/training/spec.ts';
import { Heatmap } from './Heatmap.tsx';
import { formatNumber } from './numbers.ts';
import styles from './SymbolCard.module.css';
import { SymbolName } from './SymbolName.tsx';
import { useOptionalText } from './texts.ts';

export interface SymbolCardProps {
  /** Where the pointed place stands in the viewport; null: no card. */
  anchor: DOMRect | null;
  symbol: SymbolSpec;
  /** Whose symbol it is, by the id of its spec. */
  playgroundId: string;
  /** Its tensor in the snapshot of now. */
  array: NamedArray | undefined;
}

const width = 264;
const gap = 8;

/** A symbol's numbers of this moment, beside the place that is pointed at. */
export function SymbolCard({ anchor, symbol, playgroundId, array }: SymbolCardProps) {
  const text = useOptionalText(playgroundId);
  const t = useTranslate();
  if (!anchor) return null;
  const words = text(`symbol.${symbol.code[0] ?? ''}`, text(`symbol.${symbol.tensor}`, symbol.tensor));
  return (
    <div className={styles.card} role="note" data-hue={symbol.hue} style={placeBeside(anchor)}>
      <p className={styles.title} role="status">
        <SymbolName tex={symbol.tex} /> <span className={styles.words}>{words}</span>
      </p>
      {array ? <Numbers array={array} label={words} /> : <p className={styles.quiet}>{t('symbol.no-numbers')}</p>}
    </div>
  );
}

function Numbers({ array, label }: { array: NamedArray; label: string }) {
  const t = useTranslate();
  const { shape, values } = array;
  const { lowest, highest, mean } = useMemo(() => summaryOf(values), [values]);
  if (values.length === 1) return <p className={styles.number}>{formatNumber(values[0] ?? Number.NaN, 4)}</p>;
  const picture = pictureOf(shape);
  return (
    <>
      <p className={styles.quiet}>{t('symbol.shape', { shape: shape.join(' × ') })}</p>
      <dl className={styles.facts}>
        <Fact label={t('symbol.lowest')} value={lowest} />
        <Fact label={t('symbol.mean')} value={mean} />
        <Fact label={t('symbol.highest')} value={highest} />
      </dl>
      {picture && (
        <div className={styles.picture} style={{ width: Math.min(width - 32, 96 * (picture.width / picture.height)) }}>
          <Heatmap {...picture} values={values} scale={lowest < 0 ? 'signed' : 'unsigned'} label={label} />
        </div>
      )}
    </>
  );
}

function Fact({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatNumber(value)}</dd>
    </div>
  );
}

/** The first channel of a picture or kernel; a matrix of two axes whole; a vector as one row. */
function pictureOf(shape: readonly number[]): { height: number; width: number; stride: number } | undefined {
  const [height = 1, columns = 1] = shape;
  if (shape.length < 2) return undefined;
  return { height, width: columns, stride: shape.slice(2).reduce((product, axis) => product * axis, 1) };
}

function summaryOf(values: ArrayLike<number>) {
  let lowest = Infinity;
  let highest = -Infinity;
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    sum += value;
  }
  return { lowest, highest, mean: sum / values.length };
}

/** Below the place, or above it in the lower half of the viewport; never over the edge. */
function placeBeside(anchor: DOMRect): React.CSSProperties {
  const left = Math.max(gap, Math.min(anchor.left, window.innerWidth - width - gap));
  return anchor.bottom < window.innerHeight / 2
    ? { left, top: Math.max(gap, anchor.bottom + gap) }
    : { left, bottom: Math.max(gap, window.innerHeight - anchor.top + gap) };
}
