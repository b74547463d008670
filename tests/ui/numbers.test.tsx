import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Metric } from '#src/ui/Metric.tsx';
import { formatCount, formatFixed, formatNumber, formatPercent, parseNumber } from '#src/ui/numbers.ts';
import { show } from './setup.tsx';

describe('a number', () => {
  it('is written with a real minus sign and a fixed number of decimals', () => {
    expect(formatFixed(-1.005)).toBe('−1.00');
    expect(formatFixed(-0.001)).toBe('0.00');
    expect(formatFixed(Number.NaN)).toBe('NaN');
    expect(formatFixed(-Infinity)).toBe('−∞');
  });

  it('is short at every size', () => {
    expect([0, 0.003, 1e-5, 2.5e-7, 1234.5, -0.0421].map((value) => formatNumber(value))).toEqual([
      '0',
      '0.003',
      '1e−5',
      '2.5e−7',
      '1230',
      '−0.0421',
    ]);
  });

  it('counts in thousands and shares in per cent', () => {
    expect(formatCount(1234567)).toBe('1\u2009234\u2009567');
    expect(formatPercent(0.9731)).toBe('97.3%');
  });

  it.each(['', ' ', 'abc', '1e', '--1', '1.2.3', '[1]', 'NaN', '0x10'])('is not what “%s” says', (typed) => {
    expect(parseNumber(typed)).toBeNaN();
  });
});

describe('a metric', () => {
  it('gives scripts its full precision and the reader a short number', () => {
    show(<Metric name="unseen-loss" label="Unseen loss" value={0.123456789} />);
    const output = screen.getByRole('status', { name: 'Unseen loss' });
    expect(output.tagName).toBe('OUTPUT');
    expect(output.dataset).toMatchObject({ metric: 'unseen-loss', value: '0.123456789' });
    expect(output.textContent).toBe('0.123');
  });

  it('is a dash before there is a value', () => {
    show(<Metric name="loss" label="Loss" value={undefined} />);
    expect(screen.getByRole('status').textContent).toBe('–');
    expect(screen.getByRole('status').dataset['value']).toBe('');
  });
});
