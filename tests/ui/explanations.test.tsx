import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { spec } from '#src/playgrounds/digit-cnn/spec.ts';
import type { Explanation } from '#src/training/pointing.ts';
import type { BackendReport, ProgramState } from '#src/training/protocol.ts';
import { Badge } from '#src/ui/Badge.tsx';
import { LinkContext } from '#src/ui/links.ts';
import { SymbolCard } from '#src/ui/SymbolCard.tsx';
import { WindowSum } from '#src/ui/WindowSum.tsx';
import { show } from './setup.tsx';

describe('the sum behind a cell', () => {
  const sum: Explanation = {
    kind: 'sum',
    symbol: 'z',
    place: 'z[2, 14, 9]',
    bias: 0.25,
    result: -1.75,
    terms: Array.from({ length: 9 }, (_, index) => ({ input: index === 4 ? 1 : 0, weight: index === 4 ? -2 : 3 })),
  };

  it('is written out: inputs, weights, products, bias and result', () => {
    const { container } = show(<WindowSum explanation={sum} />);
    const tables = screen.getAllByRole('table').map((table) => table.textContent);
    expect(tables).toHaveLength(3);
    expect(tables[2]).toContain('−2.00');
    expect(container.textContent).toContain('z[2, 14, 9] = 0.25 + (−2.00) = −1.75');
  });

  it('marks the maximum of a pooled window', () => {
    const terms = [0.1, 0.9, 0, 0.3].map((input) => ({ input }));
    const { container } = show(<WindowSum explanation={{ ...sum, kind: 'maximum', result: 0.9, terms }} />);
    expect(container.querySelectorAll('td[class]')).toHaveLength(1);
    expect(container.querySelector('td[class]')?.textContent).toBe('0.90');
  });

  it('gives one partial sum a channel where the terms have no weights', () => {
    const terms = [0.5, -0.25].map((input) => ({ input }));
    show(<WindowSum explanation={{ ...sum, terms }} />, 'zh');
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      '通道 0 0.50',
      '通道 1 (−0.25)',
    ]);
  });

  it('shows the weightiest terms of a long sum and the total of the rest', () => {
    const terms = Array.from({ length: 400 }, (_, index) => ({ input: 1, weight: index === 399 ? 50 : 0.01 }));
    show(<WindowSum explanation={{ ...sum, terms }} />);
    const items = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(items[0]).toBe('1.00 × 50.00 = 50.00');
    expect(items.at(-1)).toBe('392 more: 3.92');
  });

  it('says what to point at before anything is', () => {
    show(<WindowSum explanation={undefined} />);
    expect(screen.getByText('Point at a cell of a feature map: here stands the sum that made it.')).toBeDefined();
  });
});

describe('the badge', () => {
  const fallback: BackendReport = {
    name: 'webgl',
    reason: 'fallback',
    software: true,
    refused: [{ name: 'webgpu', why: 'no-adapter' }],
  };
  const facts = { millisecondsPerStep: 12.34, parameters: 5994, tensors: 87 };

  it('says why a backend runs, in both languages', () => {
    const badge = <Badge backend={fallback} {...facts} choice="webgpu" onChoose={() => undefined} />;
    const { container, unmount } = show(badge, 'en');
    expect(container.textContent).toContain(
      'WebGPU was asked for; this browser gives no adapter. So WebGL runs. Its adapter is software',
    );
    unmount();
    expect(show(badge, 'zh').container.textContent).toContain(
      '选择了 WebGPU，但这个浏览器没有给出适配器。因此改用 WebGL。',
    );
  });

  it('names what was tried one after the other, and what took over after a failure', () => {
    const refused: BackendReport['refused'] = [
      { name: 'webgpu', why: 'no-api' },
      { name: 'webgl', why: 'wrong-numbers' },
    ];
    const badge = (report: BackendReport) => (
      <Badge backend={report} {...facts} choice="auto" onChoose={() => undefined} />
    );
    const wasm: BackendReport = { name: 'wasm', reason: 'fallback', software: false, refused };
    const { container, showAgain } = show(badge(wasm));
    expect(container.textContent).toContain(
      'WebGPU was asked for; this browser does not have it. ' +
        'WebGL was tried next; it computed wrong numbers in the self-test. So WebAssembly runs.',
    );
    showAgain(badge({ ...wasm, refused: [] }));
    expect(container.textContent).toContain('WebAssembly runs: the one before it failed.');
  });

  it('says how the steps run, and why plainly if they stay so', () => {
    const badge = (program: ProgramState) => (
      <Badge backend={fallback} {...facts} program={program} choice="auto" onChoose={() => undefined} />
    );
    const { container, showAgain } = show(badge({ state: 'plain', why: 'not-yet' }));
    const steps = () => screen.getByText('Steps run').nextElementSibling?.textContent;
    expect(steps()).toBe('plain');
    showAgain(badge({ state: 'recording' }));
    expect(steps()).toBe('recording');
    showAgain(badge({ state: 'replayed', since: 4 }));
    expect(steps()).toBe('replayed');
    expect(container.textContent).not.toContain('Two recordings');
    showAgain(badge({ state: 'plain', why: 'recordings-differ' }));
    expect(container.textContent).toContain('Two recordings of a step were not the same.');
  });

  it('leads to the page about the engine, where the book says how', () => {
    const badge = <Badge backend={undefined} {...facts} choice="auto" onChoose={() => undefined} />;
    const { showAgain } = show(badge);
    expect(screen.queryByRole('link')).toBeNull();
    showAgain(<LinkContext value={(address) => `../../en/${address}/`}>{badge}</LinkContext>);
    expect(screen.getByRole('link', { name: 'About the engine' }).getAttribute('href')).toBe(
      '../../en/about-the-engine/',
    );
  });

  it('hands on the choice of another, and says that it starts again', () => {
    const onChoose = vi.fn();
    show(<Badge backend={fallback} {...facts} choice="auto" onChoose={onChoose} />);
    const choice = screen.getByRole('combobox', { name: 'Compute on' });
    fireEvent.change(choice, { target: { value: 'wasm' } });
    expect(onChoose).toHaveBeenCalledWith('wasm');
    const note = document.getElementById(choice.getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toBe('Another choice starts again from the same seed.');
  });
});

describe('the card of a symbol', () => {
  const anchor = new DOMRect(10, 10, 20, 20);

  it('gives the name, the words, the shape and the numbers', () => {
    const array = { shape: [2, 2, 1, 3], values: Float32Array.from([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) };
    show(<SymbolCard anchor={anchor} playgroundId="digit-cnn" symbol={spec.symbols.w2} array={array} />);
    const text = screen.getByRole('note').textContent;
    expect(text).toContain('w(2) kernels of the second convolution');
    expect(text).toContain('Shape 2 × 2 × 1 × 3');
    expect(text).toContain('lowest−1mean4.5highest10');
  });

  it('gives a single number as it is', () => {
    show(
      <SymbolCard
        anchor={anchor}
        playgroundId="digit-cnn"
        symbol={spec.symbols.L}
        array={{ shape: [], values: Float32Array.of(0.5) }}
      />,
    );
    expect(screen.getByRole('note').textContent).toBe('L cross-entropy loss0.5');
  });

  it('is not there while nothing is pointed at', () => {
    const { container } = show(
      <SymbolCard anchor={null} playgroundId="digit-cnn" symbol={spec.symbols.x} array={undefined} />,
    );
    expect(container.textContent).toBe('');
  });
});
