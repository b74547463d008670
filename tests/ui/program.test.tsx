import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ProgramCall, ProgramReport } from '#src/training/protocol.ts';
import { blocksOf, callsAfter, fateAfter, listCalls, noFilter, passes } from '#src/ui/programPasses.ts';
import { ProgramTotals } from '#src/ui/ProgramTotals.tsx';
import { ProgramView } from '#src/ui/ProgramView.tsx';
import { formatBytes, formatRatio } from '#src/ui/programWords.ts';
import { digitProgram } from './digitProgram.ts';
import { show } from './setup.tsx';

const call = (becomes: ProgramCall['becomes'], more: Partial<ProgramCall> = {}): ProgramCall => ({
  kernel: 'Add',
  shape: [2, 8],
  bytes: 64,
  becomes,
  microseconds: becomes === 'called' ? 3 : 0,
  ...more,
});

/** One call of each fate. */
const small: ProgramReport = {
  backend: 'wasm',
  step: 5,
  calls: [
    call('called', { kernel: 'BatchMatMul', microseconds: 7, offset: 0, lives: [-1, 2] }),
    call('alias', { kernel: 'Reshape' }),
    call('constant', { kernel: 'Fill' }),
    call('unused', { kernel: 'Mean', shape: [] }),
    call('copied', { kernel: 'Slice', microseconds: 1, offset: 64, lives: [4, 5] }),
    call('fused', { into: 0 }),
    call('called', { offset: 0, lives: [6, 7] }),
  ],
  bytes: { before: 192, after: 128 },
  counts: { before: 7, after: 3 },
  millisecondsPerStep: { plain: 0.5, replayed: 0.02 },
};

const passNamed = (name: string) => screen.getByRole('radio', { name });
const rows = () => within(screen.getByRole('region')).getAllByRole('row').slice(1);
const picture = () => screen.getByRole('application');

describe('the passes over a program', () => {
  it('each take away the calls that became their kind, copies and what is called stay', () => {
    expect(passes.map((pass) => callsAfter(small, pass))).toEqual([7, 6, 5, 4, 4, 3, 3]);
    expect(callsAfter(small, 'memory')).toBe(small.counts.after);
  });

  it('leave a call as it was until their turn comes', () => {
    const [, , constant] = small.calls;
    if (!constant) throw new Error('no call');
    expect(passes.map((pass) => fateAfter(constant, pass))).toEqual([
      ...['called', 'called'],
      ...Array<string>(5).fill('constant'),
    ]);
  });

  it('of a real step end at the number of calls that the engine counted', () => {
    expect(callsAfter(digitProgram, 'recorded')).toBe(digitProgram.counts.before);
    expect(callsAfter(digitProgram, 'memory')).toBe(digitProgram.counts.after);
  });
});

describe('the memory of a program', () => {
  it('apart: one result above the other; as planned: never two in one place at one time', () => {
    const blocks = blocksOf(digitProgram);
    expect(blocks.length).toBeGreaterThan(40);
    for (const [index, one] of blocks.entries()) {
      for (const other of blocks.slice(index + 1)) {
        expect(other.offsetApart).toBeGreaterThanOrEqual(one.offsetApart + one.bytes);
        const sameTime = one.from <= other.to && other.from <= one.to;
        const samePlace = one.offset < other.offset + other.bytes && other.offset < one.offset + one.bytes;
        expect(sameTime && samePlace, `${one.place + 1} and ${other.place + 1}`).toBe(false);
      }
      expect(one.offset + one.bytes).toBeLessThanOrEqual(digitProgram.bytes.after);
      expect(one.offsetApart + one.bytes).toBeLessThanOrEqual(digitProgram.bytes.before);
    }
  });

  it('begins and ends within the step', () => {
    expect(blocksOf(small).map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [4, 5],
      [6, 6],
    ]);
  });

  it('is written in the unit that fits', () => {
    expect([0, 288, 200_704, 22_095_120].map(formatBytes)).toEqual(['0 B', '288 B', '200.7 kB', '22.1 MB']);
    expect([formatRatio(7, 3), formatRatio(0, 3)]).toEqual(['2.3 ×', '–']);
  });
});

describe('the list of calls', () => {
  it('is narrowed by what became of them and by kernel, and put in order of time', () => {
    const places = (filter: Partial<typeof noFilter>, pass: (typeof passes)[number] = 'memory') =>
      listCalls(small, pass, { ...noFilter, ...filter }).map(({ place }) => place);
    expect(places({ fate: 'called' })).toEqual([0, 6]);
    expect(places({ fate: 'called' }, 'recorded')).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(places({ kernel: 'Add' })).toEqual([5, 6]);
    expect(places({ isSlowestFirst: true }).slice(0, 3)).toEqual([0, 6, 4]);
  });
});

describe('the view of a program', () => {
  it('says what to do while there is none', () => {
    show(<ProgramView program={undefined} />, 'zh');
    expect(screen.getAllByText('请按“运行”：几步之后，这个网络的程序就会出现在这里。')).not.toHaveLength(0);
    expect(rows()).toEqual([]);
    expect(screen.queryByText('NaN')).toBeNull();
  });

  it('goes through the passes, each with its number of calls and an example from this step', () => {
    const { container } = show(<ProgramView program={small} />);
    expect(container.textContent).toContain('7 of 7 calls are left to run.');
    fireEvent.click(screen.getByRole('button', { name: 'Next pass' }));
    expect((passNamed('aliases') as HTMLInputElement).checked).toBe(true);
    expect(container.textContent).toContain(
      'It deals with one call: call 2, Reshape 2×8. 6 of 7 calls are left to run.',
    );
    fireEvent.click(passNamed('memory'));
    expect(container.textContent).toContain('3 results share 128 B instead of 192 B.');
    fireEvent.click(screen.getByRole('button', { name: 'From the start' }));
    expect((passNamed('as recorded') as HTMLInputElement).checked).toBe(true);
  });

  it('says so where a pass finds nothing to do', () => {
    const { container } = show(<ProgramView program={{ ...small, calls: small.calls.slice(0, 1) }} />);
    fireEvent.click(passNamed('fusion'));
    expect(container.textContent).toContain(
      'In this step there is nothing for it to do. 1 of 1 calls are left to run.',
    );
  });

  it('marks each row with what became of the call, no sooner than its pass', () => {
    show(<ProgramView program={small} />);
    const fate = (row: number) => rows()[row]?.textContent;
    expect(fate(1)).toBe('2Reshape2×864 Bcalled–');
    fireEvent.click(passNamed('memory'));
    expect(fate(1)).toBe('2Reshape2×864 Balias–');
    expect(fate(5)).toBe('6Add2×864 Bfused (1)–');
    expect(fate(3)).toContain('scalar');
  });

  it('is walked through by the arrow keys, which say each call aloud', () => {
    show(<ProgramView program={small} />);
    fireEvent.click(passNamed('memory'));
    const status = () => within(picture()).getByRole('status').textContent;
    fireEvent.keyDown(picture(), { key: 'ArrowRight' });
    expect(status()).toBe(
      'Call 1 of 7: BatchMatMul, result 2×8, 64 B; called. Takes 7.0 µs. Its memory: 0 B to 64 B, from call 1 to call 3.',
    );
    fireEvent.keyDown(picture(), { key: 'End' });
    fireEvent.keyDown(picture(), { key: 'ArrowLeft' });
    expect(status()).toContain('Call 6 of 7');
    expect(status()).toContain('It became a part of call 1.');
    expect(rows()[5]?.dataset['chosen']).toBe('true');
    fireEvent.keyDown(picture(), { key: 'Escape' });
    expect(screen.getByText(/^Point at a call/)).toBeDefined();
  });

  it('says so where the calls cannot be timed one by one', () => {
    const calls = small.calls.map((one) => ({ ...one, microseconds: 0 }));
    const { container } = show(<ProgramView program={{ ...small, calls }} />);
    expect(container.textContent).toContain('On this backend a single call cannot be timed.');
    expect(container.textContent).toContain('7 of 7 calls are run. Memory goes up to 192 B.');
  });

  it('lets a rectangle be pointed at', () => {
    show(<ProgramView program={small} />);
    const block = picture().querySelectorAll('[data-place="4"]').item(2);
    fireEvent.pointerMove(block, { clientX: 0 });
    expect(screen.getByText(/^Call 5 of 7: Slice/)).toBeDefined();
  });

  it('has one rectangle a result', () => {
    show(<ProgramView program={digitProgram} />);
    const memory = [...picture().querySelectorAll('svg')].at(-1);
    expect(memory?.querySelectorAll('rect[data-place]')).toHaveLength(blocksOf(digitProgram).length);
  });

  it('shows of the filtered calls how many they are', () => {
    show(<ProgramView program={digitProgram} />);
    fireEvent.change(screen.getByRole('combobox', { name: 'Kernel' }), { target: { value: 'Conv2D' } });
    const convolutions = digitProgram.calls.filter(({ kernel }) => kernel === 'Conv2D').length;
    expect(rows()).toHaveLength(convolutions);
    expect(screen.getByText(`${convolutions} of ${digitProgram.calls.length} calls`)).toBeDefined();
  });
});

describe('the totals', () => {
  it('stand side by side: calls, memory, time, and how many times less', () => {
    show(<ProgramTotals program={small} />);
    const table = screen.getAllByRole('row').map(({ textContent }) => textContent);
    expect(table.slice(1)).toEqual([
      'kernel calls732.3 ×',
      'memory of the results192 B128 B1.5 ×',
      'time (median)0.5 ms0.02 ms25 ×',
    ]);
  });

  it('say of a graphics card that only the time of JavaScript is measured', () => {
    show(<ProgramTotals program={{ ...small, backend: 'webgpu' }} />);
    expect(screen.getAllByRole('row')[3]?.textContent).toBe('time in JavaScript (median)0.5 ms0.02 ms25 ×');
  });

  it('are dashes before there is a program', () => {
    show(<ProgramTotals program={undefined} />);
    expect(screen.getAllByRole('row')[1]?.textContent).toBe('kernel calls–––');
  });
});
