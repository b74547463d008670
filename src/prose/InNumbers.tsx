import { Fragment, type ReactNode } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Explanation } from '#src/training/pointing.ts';
import { formatFixed } from '#src/ui/numbers.ts';
import styles from './Formula.module.css';

/** More terms than this cannot be read: the largest are shown, and what the others add up to. */
const mostTerms = 49;
const shownTerms = 12;

type Term = Explanation['terms'][number];

/** How one cell came about, written out: `z[2, 14, 9] = b + Σ w·x = 0.12 + 0.31 × 0.88 + … = 0.39`. */
export function InNumbers({ explanation }: { explanation: Explanation }) {
  const { kind, place, result, symbol } = explanation;
  return (
    <p className={styles.numbers}>
      <span data-symbol={symbol}>{place}</span> ={' '}
      {kind === 'sum' ? <Sum {...explanation} /> : <Applied {...explanation} />} ={' '}
      <strong data-symbol={symbol}>{formatFixed(result)}</strong>
    </p>
  );
}

function Sum({ bias, terms }: Explanation) {
  const translate = useTranslate();
  const shown = terms.length > mostTerms ? largest(terms) : terms;
  const rest = total(terms) - total(shown);
  return (
    <>
      {bias === undefined ? 'Σ w·x = ' : 'b + Σ w·x = '}
      {bias !== undefined && <span data-hue="bias">{formatFixed(bias)}</span>}
      {shown.map((term, index) => (
        <Fragment key={index}>
          <Signed value={term.weight ?? term.input} isFirst={index === 0 && bias === undefined}>
            <Product {...term} />
          </Signed>
        </Fragment>
      ))}
      {shown.length < terms.length && (
        <Signed value={rest} isFirst={false}>
          <span className={styles.rest}>
            {formatFixed(Math.abs(rest))} {translate('prose.smaller-terms', { count: terms.length - shown.length })}
          </span>
        </Signed>
      )}
    </>
  );
}

/** The absolute value of what follows, behind its sign; the first of a sum has one only if it is negative. */
function Signed({ value, isFirst, children }: { value: number; isFirst: boolean; children: ReactNode }) {
  const sign = value < 0 ? '−' : '+';
  return (
    <>
      {isFirst ? (value < 0 ? sign : '') : ` ${sign} `}
      {children}
    </>
  );
}

/** Without a weight the term is a sum itself: that of one channel. */
function Product({ weight, input }: Term) {
  if (weight === undefined) return <span className={styles.product}>{formatFixed(Math.abs(input))}</span>;
  return (
    <span className={styles.product}>
      <span data-hue="weight">{formatFixed(Math.abs(weight))}</span> ×{' '}
      {input < 0 ? `(${formatFixed(input)})` : formatFixed(input)}
    </span>
  );
}

/** A maximum, a mean or an activation of the inputs. */
function Applied({ kind, terms }: Explanation) {
  const translate = useTranslate();
  const name = translate(kind === 'maximum' ? 'prose.maximum' : kind === 'mean' ? 'prose.mean' : 'prose.activation');
  return <>{`${name}(${terms.map(({ input }) => formatFixed(input)).join(', ')})`}</>;
}

const product = ({ weight = 1, input }: Term) => weight * input;

const total = (terms: readonly Term[]) => terms.reduce((sum, term) => sum + product(term), 0);

function largest(terms: readonly Term[]): readonly Term[] {
  return [...terms].sort((one, other) => Math.abs(product(other)) - Math.abs(product(one))).slice(0, shownTerms);
}
