import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ReactNode } from 'react';
import { DeepDive, Pitfall, Recap, YouWillLearn } from '#src/prose/boxes.tsx';
import { Cite } from '#src/prose/Cite.tsx';
import { Diagram } from '#src/prose/Diagram.tsx';
import { ArticleSays, Correction, Erratum } from '#src/prose/Erratum.tsx';
import { Formula } from '#src/prose/Formula.tsx';
import { Symbol } from '#src/prose/Symbol.tsx';
import { Term } from '#src/prose/Term.tsx';
import { languages, type Language } from '#src/i18n/languages.ts';
import { LanguageContext, loadTexts } from '#src/i18n/translate.ts';
import type { Explanation, PointingStore } from '#src/training/pointing.ts';
import { RunsProvider, usePointingStore } from '#src/training/useRun.tsx';

beforeAll(() => Promise.all(languages.map(loadTexts)));
afterEach(cleanup);

let pointing: PointingStore;

function Pointer() {
  pointing = usePointingStore();
  return null;
}

function show(words: ReactNode, language: Language = 'en') {
  return render(
    <LanguageContext value={language}>
      <RunsProvider>
        <Pointer />
        {words}
      </RunsProvider>
    </LanguageContext>,
  );
}

const cell: Explanation = {
  kind: 'sum',
  symbol: 'z',
  place: 'z[2, 14, 3]',
  result: 0.07,
  bias: 0.12,
  terms: [
    { weight: 0.5, input: 0.88 },
    { weight: -0.25, input: 1 },
    { weight: 0.3, input: -0.8 },
  ],
};

const point = (explanation: Explanation, of = 'digits') => act(() => pointing.explain(of, explanation));

describe('Formula', () => {
  const formula = (
    <Formula of="digits" source="formula-4.1.1-1" explains={['z']}>
      z = wx
    </Formula>
  );
  const numbers = () => screen.getByRole('group').textContent;

  it('says what to point at before anything is pointed at', () => {
    show(formula);
    expect(numbers()).toContain('Point at a cell');
    expect(document.querySelector('[data-source="formula-4.1.1-1"][data-of="digits"]')).not.toBeNull();
  });

  it('writes the sum of the cell that is pointed at in numbers, signs and all', () => {
    show(formula);
    point(cell);
    expect(numbers()).toBe('z[2, 14, 3] = b + Σ w·x = 0.12 + 0.50 × 0.88 − 0.25 × 1.00 + 0.30 × (−0.80) = 0.07');
  });

  it('leaves cells of other symbols and other playgrounds to other formulas', () => {
    show(formula);
    point({ ...cell, symbol: 'z2' });
    expect(numbers()).toContain('Point at a cell');
    point(cell, 'another');
    expect(numbers()).toContain('Point at a cell');
  });

  it('shows the largest of hundreds of terms and what the others add up to', () => {
    const small = Array.from({ length: 772 }, () => ({ weight: 0.01, input: 1 }));
    const large = Array.from({ length: 12 }, () => ({ weight: -2, input: 1 }));
    show(formula);
    point({ ...cell, terms: [...small, ...large] });
    expect(numbers()?.match(/ − 2.00 × 1.00/g)).toHaveLength(12);
    expect(numbers()).toContain('+ 7.72 (sum of 772 smaller terms)');
  });

  it('takes terms without weights as they are, and names what was done with a window', () => {
    show(formula);
    point({ kind: 'sum', symbol: 'z', place: 'z', result: 0.2, bias: 0, terms: [{ input: 0.5 }, { input: -0.3 }] });
    expect(numbers()).toBe('z = b + Σ w·x = 0.00 + 0.50 − 0.30 = 0.20');
    point({ kind: 'maximum', symbol: 'z', place: 'z', result: 2, terms: [{ input: 1 }, { input: 2 }] });
    expect(numbers()).toBe('z = max(1.00, 2.00) = 2.00');
  });

  it('has no line of numbers where no cell is explained', () => {
    show(<Formula of="digits">L</Formula>);
    expect(screen.queryByRole('group')).toBeNull();
  });
});

describe('Erratum', () => {
  const erratum = (
    <Erratum id="erratum-2" from={['d2l-padding-and-strides', 'dumoulin-2016']}>
      <ArticleSays>2 × 2</ArticleSays>
      <Correction>1 × 1</Correction>
    </Erratum>
  );
  const words = () => [...document.querySelectorAll('dt, dd')].map(({ textContent }) => textContent);

  it('shows openly what the article says, what is right, and who says so', () => {
    show(erratum);
    const note = screen.getByRole('note', { name: 'Erratum 2, section 4.1.1 A 3×3 input and a 3×3 kernel give 1×1' });
    expect(note.dataset['source']).toBe('erratum-2');
    expect(words().slice(0, 5)).toEqual(['Article', '2 × 2', 'Correction', '1 × 1', 'Source']);
    const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(links).toEqual([expect.stringContaining('d2l.ai'), 'https://arxiv.org/abs/1603.07285']);
  });

  it('speaks Chinese, and leads to the Chinese edition', () => {
    show(erratum, 'zh');
    expect(words().slice(0, 5)).toEqual(['原文', '2 × 2', '更正', '1 × 1', '出处']);
    expect(screen.getAllByRole('link')[0]?.getAttribute('href')).toContain('zh.d2l.ai');
  });
});

describe('Symbol, Term and Cite', () => {
  it('ties a word to a symbol, and lets the keyboard reach it', () => {
    show(
      <Symbol of="digits" name="w">
        weight
      </Symbol>,
    );
    const word = screen.getByText('weight');
    expect(word.dataset).toMatchObject({ of: 'digits', symbol: 'w' });
    expect(word.tabIndex).toBe(0);
  });

  it('gives a term with the other language’s word, marked as such', () => {
    show(<Term other="kernel">卷积核</Term>, 'zh');
    expect(document.body.textContent).toBe('卷积核（kernel）');
    expect(screen.getByText('kernel').lang).toBe('en');
  });

  it('names a place in the article without a link', () => {
    show(<Cite id="article-listing-5.2" />);
    expect(screen.getByText(/section 5.2/)).toBeTruthy();
    expect(screen.queryByRole('link')).toBeNull();
  });
});

describe('Diagram and boxes', () => {
  it('shows the drawing with its symbols and its caption', () => {
    show(
      <Diagram of="digits" name="pooling" source="diagram-3.1.2" svg='<svg><g data-node="a" data-symbol="a" /></svg>'>
        Half as high.
      </Diagram>,
    );
    expect(screen.getByRole('figure').dataset).toMatchObject({ of: 'digits', source: 'diagram-3.1.2' });
    expect(document.querySelector('[data-of="digits"] [data-symbol="a"]')).not.toBeNull();
    expect(screen.getByText('Half as high.')).toBeTruthy();
  });

  it('names each box in the page’s language', () => {
    show(
      <>
        <YouWillLearn>1</YouWillLearn>
        <Pitfall>2</Pitfall>
        <Recap>3</Recap>
      </>,
      'zh',
    );
    const names = ['本页内容', '易错之处', '小结'];
    expect(names.map((name) => screen.getByRole('note', { name }).textContent)).toEqual(
      names.map((name, index) => `${name}${index + 1}`),
    );
  });

  it('keeps a deep dive folded until it is asked for', () => {
    show(<DeepDive title="Why">Because.</DeepDive>);
    expect(screen.getByRole('group').hasAttribute('open')).toBe(false);
    expect(screen.getByText(/Why/)).toBeTruthy();
  });
});
