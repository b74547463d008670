import { memo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Explanation } from '#src/training/pointing.ts';
import { limitOf } from './colorScale.ts';
import { formatFixed } from './numbers.ts';
import styles from './WindowSum.module.css';

export interface WindowSumProps {
  /**
   * How one cell came about; absent: a line that says what to point at. A sum whose terms have no weights is one of
   * partial sums, one for each channel.
   */
  explanation: Explanation | undefined;
}

/** The largest window that is written out number by number. */
const largestSide = 7;
const shownTerms = 8;

/** The arithmetic behind one cell, in numbers. */
export const WindowSum = memo(function WindowSum({ explanation }: WindowSumProps) {
  const t = useTranslate();
  return (
    <div className={styles.box} role="group" aria-label={t('sum.label')} tabIndex={0}>
      {explanation ? <Sum {...explanation} /> : <p className={styles.empty}>{t('sum.empty')}</p>}
    </div>
  );
});

function Sum(explanation: Explanation) {
  const { kind, terms, place, result, bias } = explanation;
  const t = useTranslate();
  const side = Math.sqrt(terms.length);
  const isWindow = Number.isInteger(side) && side <= largestSide;
  const hasWeights = terms.some(({ weight }) => weight !== undefined);
  const inputs = terms.map(({ input }) => input);
  const products = terms.map(({ input, weight }) => input * (weight ?? 1));
  const total = products.reduce((sum, product) => sum + product, 0);
  const largest = kind === 'maximum' ? inputs.indexOf(Math.max(...inputs)) : undefined;
  return (
    <>
      {kind === 'sum' && !hasWeights ? (
        <PartialSums sums={products} />
      ) : isWindow ? (
        <div className={styles.grids} style={{ '--side': side } as React.CSSProperties} data-side={side}>
          <NumberGrid label={t('sum.inputs')} values={inputs} side={side} marked={largest} />
          {hasWeights && (
            <>
              <span className={styles.sign}>×</span>
              <NumberGrid label={t('sum.weights')} values={terms.map(({ weight }) => weight ?? 0)} side={side} />
              <span className={styles.sign}>=</span>
              <NumberGrid label={t('sum.products')} values={products} side={side} />
            </>
          )}
        </div>
      ) : (
        <LargestTerms explanation={explanation} products={products} />
      )}
      <p className={styles.total}>
        <span className={styles.place}>{place}</span> = {kind === 'maximum' && t('sum.maximum')}
        {kind === 'mean' && `${formatFixed(total)} / ${terms.length}`}
        {kind === 'sum' && (
          <>
            {bias !== undefined && (
              <>
                <span data-hue="bias" className={styles.bias}>
                  {formatFixed(bias)}
                </span>
                {' + '}
              </>
            )}
            {signed(total)}
          </>
        )}{' '}
        = <strong>{formatFixed(result)}</strong>
      </p>
      {kind === 'sum' && bias !== undefined && <p className={styles.words}>{t('sum.words')}</p>}
    </>
  );
}

function NumberGrid(props: { label: string; values: readonly number[]; side: number; marked?: number | undefined }) {
  const { label, values, side, marked } = props;
  const limit = limitOf(values);
  const decimals = side > 3 ? 1 : 2;
  return (
    <table className={styles.grid}>
      <caption>{label}</caption>
      <tbody>
        {Array.from({ length: side }, (_, row) => (
          <tr key={row}>
            {Array.from({ length: side }, (_, column) => {
              const index = row * side + column;
              const value = values[index] ?? 0;
              const color = value < 0 ? 'var(--scale-negative)' : 'var(--scale-positive)';
              const share = Math.round((35 * Math.abs(value)) / limit);
              return (
                <td
                  key={column}
                  className={index === marked ? styles.marked : undefined}
                  style={{ background: `color-mix(in srgb, ${color} ${share}%, var(--paper))` }}
                >
                  {formatFixed(value, decimals)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PartialSums({ sums }: { sums: readonly number[] }) {
  const t = useTranslate();
  return (
    <ol className={styles.partial}>
      {sums.map((sum, channel) => (
        <li key={channel}>
          <span className={styles.channel}>{t('sum.channel', { channel })}</span> {signed(sum)}
        </li>
      ))}
    </ol>
  );
}

/** Of a sum too long to write out: its weightiest terms, and what the others come to. */
function LargestTerms({ explanation, products }: { explanation: Explanation; products: readonly number[] }) {
  const t = useTranslate();
  const order = products
    .map((_, index) => index)
    .sort((a, b) => Math.abs(products[b] ?? 0) - Math.abs(products[a] ?? 0));
  const rest = order.slice(shownTerms);
  const restTotal = rest.reduce((sum, index) => sum + (products[index] ?? 0), 0);
  return (
    <ol className={styles.partial}>
      {order.slice(0, shownTerms).map((index) => {
        const { input, weight } = explanation.terms[index] ?? { input: 0 };
        return (
          <li key={index}>
            {formatFixed(input)}
            {weight !== undefined && ` × ${signed(weight)} = ${signed(products[index] ?? 0)}`}
          </li>
        );
      })}
      {rest.length > 0 && <li>{t('sum.rest', { count: rest.length, total: formatFixed(restTotal) })}</li>}
    </ol>
  );
}

/** In brackets where a sign would stand beside another. */
function signed(value: number): string {
  const text = formatFixed(value);
  return text.startsWith('−') ? `(${text})` : text;
}
