import { formatFixed, formatNumber } from '#src/ui/numbers.ts';

/** Two decimals, as long as they say something: 0.38, −1.20, 151; 3.1e−7. */
export function formatState(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000 || (size > 0 && size < 0.005)) return formatNumber(value, 3);
  return formatFixed(value, size >= 100 ? 1 : 2);
}

/** In brackets where it is negative, as a factor or a summand. */
export function formatTerm(value: number): string {
  return value < 0 ? `(${formatState(value)})` : formatState(value);
}

const digits = '₀₁₂₃₄₅₆₇₈₉';

/** A time step as a subscript; the one before the first is ₋₁. */
export function subscript(time: number): string {
  return `${time < 0 ? '₋' : ''}${[...String(Math.abs(time))].map((digit) => digits[Number(digit)]).join('')}`;
}
