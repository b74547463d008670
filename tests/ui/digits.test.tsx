import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { countConfusion } from '#src/ui/confusion.ts';
import { ConfusionMatrix } from '#src/ui/ConfusionMatrix.tsx';
import { DigitStrip } from '#src/ui/DigitStrip.tsx';
import { ProbabilityBars } from '#src/ui/ProbabilityBars.tsx';
import { show } from './setup.tsx';

describe('probabilities', () => {
  const probabilities = [0, 0.02, 0.03, 0.05, 0.2, 0, 0, 0, 0, 0.7];

  it('name the largest and the truth in words', () => {
    show(<ProbabilityBars probabilities={probabilities} truth={4} label="This digit" />);
    const table = screen.getByRole('table', { name: 'This digit' });
    expect(within(table).getByRole('row', { name: '9 70.0% read' })).toBeDefined();
    expect(within(table).getByRole('row', { name: '4 20.0% true' })).toBeDefined();
  });

  it('are dashes before there are any', () => {
    show(<ProbabilityBars probabilities={undefined} label="This digit" />);
    expect(screen.getAllByRole('cell', { name: '–' })).toHaveLength(10);
  });
});

describe('the confusion matrix', () => {
  const labels = [4, 4, 4, 9, 9];
  const predictions = [4, 9, 9, 9, -1];

  it('counts what was read for what, and skips what was not read', () => {
    const { counts, totals, examples, worst } = countConfusion(predictions, labels, 10);
    expect([counts[4]?.[4], counts[4]?.[9], counts[9]?.[9]]).toEqual([1, 2, 1]);
    expect([totals[4], totals[9], examples, worst]).toEqual([3, 1, 4, 2]);
  });

  it('reads a cell out and hands it on', () => {
    const onChoose = vi.fn();
    show(<ConfusionMatrix predictions={predictions} labels={labels} classes={10} onChoose={onChoose} />);
    const cell = screen.getByRole('button', { name: 'A 4 read as 9: 2 of 3.' });
    fireEvent.focus(cell);
    expect(screen.getByRole('status').textContent).toBe('A 4 read as 9: 2 of 3.');
    fireEvent.click(cell);
    expect(onChoose).toHaveBeenCalledWith(4, 9);
  });

  it('says that it is empty before the first evaluation', () => {
    show(<ConfusionMatrix predictions={undefined} labels={undefined} classes={10} />, 'zh');
    expect(screen.getByRole('status').textContent).toBe('第一次在没见过的数字上评估之后填入。');
    expect(screen.getAllByRole('row')).toHaveLength(11);
  });
});

describe('a strip of digits', () => {
  const strip = (chosen: number, onChoose = vi.fn()) => (
    <DigitStrip
      pictures={new Uint8Array(3 * 784)}
      labels={[7, 2, 1]}
      predictions={[1, 2, -1]}
      size={3}
      chosen={chosen}
      onChoose={onChoose}
      label="Unseen digits"
    />
  );

  it('says of each digit how it was read', () => {
    show(strip(0));
    const names = screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'));
    expect(names).toEqual(['Digit 7, read as 1, wrong', 'Digit 2, read as 2, right', 'Digit 1, not read yet']);
  });

  it('is one stop of the Tab key; arrow keys choose', () => {
    const onChoose = vi.fn();
    show(strip(1, onChoose));
    const buttons = screen.getAllByRole('button');
    expect(buttons.map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1]);
    fireEvent.keyDown(buttons[1] as HTMLElement, { key: 'ArrowRight' });
    expect(onChoose).toHaveBeenCalledWith(2);
    expect(document.activeElement).toBe(buttons[2]);
  });
});
