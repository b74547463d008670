import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { en } from '#src/i18n/en.ts';
import { zh } from '#src/i18n/zh.ts';
import { spec } from '#src/playgrounds/digit-cnn/spec.ts';
import { defaultValues, range } from '#src/training/spec.ts';
import { HyperparameterPanel } from '#src/ui/HyperparameterPanel.tsx';
import { fromPosition, nearestIn, positions, toPosition } from '#src/ui/rangeScale.ts';
import { Slider } from '#src/ui/Slider.tsx';
import { show } from './setup.tsx';

const rate = range(0.003, { min: 1e-5, max: 1, scale: 'log', applies: 'next-step' });
const filters = range(8, { min: 1, max: 16, scale: 'linear', step: 1, applies: 'restart' });

function type(text: string) {
  const field = screen.getByRole('textbox');
  fireEvent.change(field, { target: { value: text } });
  fireEvent.blur(field);
}

describe('a slider', () => {
  it('reports each move of what applies at the next step', () => {
    const onChange = vi.fn();
    show(<Slider label="Learning rate" range={rate} value={0.003} onChange={onChange} />);
    fireEvent.input(screen.getByRole('slider'), { target: { value: String(positions) } });
    expect(onChange).toHaveBeenCalledWith(1);
  });

  it('starts the run again when it is let go, not while it is held', () => {
    const onChange = vi.fn();
    show(<Slider label="Filters" range={filters} value={8} onChange={onChange} />);
    const slider = screen.getByRole('slider');
    fireEvent.input(slider, { target: { value: String(positions) } });
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('16');
    expect(onChange).not.toHaveBeenCalled();
    fireEvent(slider, new Event('change', { bubbles: true }));
    expect(onChange.mock.calls).toEqual([[16]]);
  });

  it.each([
    ['0.01', 0.01],
    ['1e-3', 0.001],
    ['０．５', 0.5],
    ['5%', 0.05],
  ])('takes a typed %s', (typed, value) => {
    const onChange = vi.fn();
    show(<Slider label="Learning rate" range={rate} value={0.003} onChange={onChange} />);
    type(typed);
    expect(onChange.mock.calls).toEqual([[value]]);
    expect(screen.getByRole('alert').textContent).toBe('');
  });

  it.each([
    ['7', 1, '7 is too large; 1, the largest allowed, is used.'],
    ['-2', 1e-5, '-2 is too small; 1e−5, the smallest allowed, is used.'],
    ['1e999', 1, '1e999 is too large; 1, the largest allowed, is used.'],
  ])('uses the nearest value for a typed %s and says so', (typed, value, sentence) => {
    const onChange = vi.fn();
    show(<Slider label="Learning rate" range={rate} value={0.003} onChange={onChange} />);
    type(typed);
    expect(onChange.mock.calls).toEqual([[value]]);
    expect(screen.getByRole('alert').textContent).toBe(sentence);
  });

  it('keeps the value and says what is wrong when letters are typed', () => {
    const onChange = vi.fn();
    show(<Slider label="Learning rate" range={rate} value={0.003} onChange={onChange} />);
    type('fast');
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toBe('“fast” is not a number; 0.003 stays in use.');
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
  });

  it('goes from value to position and back within a hundredth, over five decades', () => {
    for (const value of [1e-5, 3e-4, 0.003, 0.1, 1]) {
      expect(fromPosition(rate, toPosition(rate, value)) / value).toBeCloseTo(1, 1.9);
    }
    for (let value = 1; value <= 16; value++) expect(fromPosition(filters, toPosition(filters, value))).toBe(value);
  });

  it('lands on decimal steps without the dust of binary fractions', () => {
    const dropout = range(0, { min: 0, max: 0.9, scale: 'linear', step: 0.05, applies: 'next-step' });
    expect(nearestIn(dropout, 0.151)).toBe(0.15);
    expect(nearestIn(dropout, 0.349)).toBe(0.35);
  });
});

describe('the panel of hyperparameters', () => {
  const panel = (onChange = vi.fn()) => (
    <HyperparameterPanel
      hyperparameters={spec.hyperparameters}
      values={defaultValues(spec.hyperparameters)}
      important={['learningRate', 'batchSize', 'optimizer']}
      onChange={onChange}
    />
  );

  it('folds all but the important ones', () => {
    const { container } = show(panel());
    expect(screen.getByText('7 more hyperparameters').tagName).toBe('SUMMARY');
    expect(container.querySelector('details')?.querySelectorAll('select, input[type=range]')).toHaveLength(7);
  });

  it('says of each when it applies', () => {
    show(panel(), 'zh');
    const noteOf = (control: HTMLElement) =>
      document.getElementById(control.getAttribute('aria-describedby') ?? '')?.textContent;
    expect(noteOf(screen.getByRole('slider', { name: '学习率' }))).toContain('下一步生效');
    expect(noteOf(screen.getByRole('combobox', { name: '优化器' }))).toContain('从同一种子重新开始');
  });

  it('hands numbers back as numbers', () => {
    const onChange = vi.fn();
    show(panel(onChange));
    fireEvent.change(screen.getByRole('combobox', { name: 'Batch size' }), { target: { value: '128' } });
    expect(onChange).toHaveBeenCalledWith('batchSize', 128);
  });

  it('has a name and a line of explanation for each hyperparameter, option and symbol, in both languages', () => {
    const names = Object.keys(spec.hyperparameters);
    const options = Object.values(spec.hyperparameters).flatMap((one) => ('options' in one ? one.options : []));
    const keys = [
      ...names.flatMap((name) => [`hyperparameter.${name}`, `hyperparameter.${name}.help`]),
      ...options.filter((option) => typeof option === 'string').map((option) => `option.${option}`),
      ...Object.values(spec.symbols).map(({ code }) => `symbol.${code[0]}`),
    ];
    for (const key of keys) {
      expect(en, key).toHaveProperty([key]);
      expect(zh, key).toHaveProperty([key]);
    }
  });
});
