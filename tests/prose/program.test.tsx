import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { languages, type Language } from '#src/i18n/languages.ts';
import { LanguageContext, loadTexts } from '#src/i18n/translate.ts';
import { spec } from '#src/playgrounds/digit-cnn/spec.ts';
import { Program } from '#src/prose/program/Program.tsx';
import type { Command, ProgramState, Report } from '#src/training/protocol.ts';
import { RunsProvider } from '#src/training/useRun.tsx';
import { digitProgram } from '../ui/digitProgram.ts';

beforeAll(() => Promise.all(languages.map(loadTexts)));

/** The worker of the page that is open, in the hands of the test. */
class FakeWorker {
  static newest: FakeWorker;
  commands: Command[] = [];
  onmessage: ((event: { data: Report }) => void) | null = null;
  constructor() {
    FakeWorker.newest = this;
  }
  postMessage(command: Command) {
    this.commands.push(command);
  }
  terminate() {}
}

let turns: FrameRequestCallback[] = [];

beforeEach(() => {
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  turns = [];
  vi.stubGlobal('requestAnimationFrame', (turn: FrameRequestCallback) => turns.push(turn));
  vi.stubGlobal('cancelAnimationFrame', () => {});
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const page = (language: Language) => (
  <LanguageContext value={language}>
    <RunsProvider>
      <Program id="digits" spec={spec} important={['batchSize']} />
    </RunsProvider>
  </LanguageContext>
);

function open() {
  const shown = render(page('en'));
  const figure = shown.container.querySelector('section');
  if (figure === null) throw new Error('no figure');
  const say = (report: Report) => act(() => FakeWorker.newest.onmessage?.({ data: report }));
  const asked = () => FakeWorker.newest.commands.filter(({ type }) => type === 'ask-program').length;
  return {
    figure,
    say,
    asked,
    status: () => figure.querySelector('[role="status"]')?.textContent,
    rows: () => figure.querySelectorAll('[role="region"] tbody tr').length,
    speak: (language: Language) => shown.rerender(page(language)),
    /** Presses Run; the worker answers that it trains. */
    start(): string {
      fireEvent.click(screen.getByRole('button', { name: 'Run' }));
      const start = FakeWorker.newest.commands.find((command) => command.type === 'start');
      const runId = start?.runId ?? '';
      say({ type: 'state', runId, state: 'running', step: 0, metrics: [] });
      return runId;
    },
    frame(runId: string, step: number, program: ProgramState) {
      const facts = { metrics: [], snapshot: {}, tensors: 22, millisecondsPerStep: 5 };
      say({ type: 'frame', runId, step, program, ...facts });
    },
  };
}

describe('the program of the reader’s own network', () => {
  it('is asked for when the steps are replayed, no sooner, and shown when it comes', () => {
    const { figure, start, frame, say, asked, status, rows } = open();
    expect(status()).toContain('Press Run');
    const runId = start();
    frame(runId, 1, { state: 'plain', why: 'not-yet' });
    expect(status()).toBe('Step 1: still plain tfjs code. After a few steps one is recorded.');
    frame(runId, 3, { state: 'recording' });
    expect([asked(), figure.dataset['program']]).toEqual([0, 'recording']);
    frame(runId, 5, { state: 'replayed', since: 4 });
    expect([asked(), rows()]).toEqual([1, 0]);
    say({ type: 'program', runId, program: digitProgram });
    expect(rows()).toBe(digitProgram.calls.length);
    expect(status()).toBe('Step 5: replayed since step 4. Below is the recorded step with all its calls.');
  });

  it('stays in sight when the language changes', () => {
    const { start, frame, say, rows, speak, status } = open();
    const runId = start();
    frame(runId, 5, { state: 'replayed', since: 4 });
    say({ type: 'program', runId, program: digitProgram });
    speak('zh');
    expect(rows()).toBe(digitProgram.calls.length);
    expect(status()).toContain('第 5 步');
  });

  it('is asked for again when another one is replayed', () => {
    const { start, frame, asked } = open();
    const runId = start();
    frame(runId, 5, { state: 'replayed', since: 4 });
    frame(runId, 6, { state: 'replayed', since: 4 });
    expect(asked()).toBe(1);
    frame(runId, 20, { state: 'plain', why: 'not-yet' });
    frame(runId, 25, { state: 'replayed', since: 24 });
    expect(asked()).toBe(2);
  });

  it('goes with the run that it belongs to', () => {
    const { start, frame, say, rows } = open();
    const runId = start();
    frame(runId, 5, { state: 'replayed', since: 4 });
    say({ type: 'program', runId, program: digitProgram });
    fireEvent.click(screen.getByRole('button', { name: 'Start again' }));
    say({ type: 'program', runId, program: digitProgram });
    expect(rows()).toBe(0);
  });

  it('says why where there is none', () => {
    const { start, frame, status, asked } = open();
    const runId = start();
    frame(runId, 9, { state: 'plain', why: 'results-differ' });
    expect(status()).toBe('Step 9: plain tfjs code. Two replayed steps did not give the numbers of two plain ones.');
    expect(asked()).toBe(0);
  });
});
