const minus = '−';

/** With a real minus sign, as wide as a plus, and always the same number of decimals. */
export function formatFixed(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) return formatNotFinite(value);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', minus);
}

/** To so many significant digits: 0.00312, 14.2, 3.1e−7. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return formatNotFinite(value);
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e6)
      ? value
          .toExponential(digits - 1)
          .replace(/\.?0+e/, 'e')
          .replace('e+', 'e')
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll('-', minus);
}

/** A share as a percentage: 0.973 is 97.3%. */
export function formatPercent(share: number, decimals = 1): string {
  return Number.isFinite(share) ? `${formatFixed(share * 100, decimals)}%` : formatNotFinite(share);
}

/** With thin spaces between thousands. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/**
 * The number a reader typed; NaN for what is none. Full-width digits, a real minus sign, a decimal comma and a
 * percent sign are understood.
 */
export function parseNumber(typed: string): number {
  const text = typed.normalize('NFKC').trim().replaceAll(minus, '-').replace(',', '.');
  const isPercent = text.endsWith('%');
  const digits = isPercent ? text.slice(0, -1).trim() : text;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return Number.NaN;
  return Number(digits) / (isPercent ? 100 : 1);
}

function formatNotFinite(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : `${minus}∞`;
}
