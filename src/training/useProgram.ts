import { useEffect } from 'react';
import type { ProgramReport } from './protocol.ts';
import type { Run } from './run.ts';
import type { RunState } from './runState.ts';

const ASK_EVERY = 2000; // ms; the times settle while it trains

/** The program that a run's steps are replayed from: as soon as there is one, with the times of now while it trains. */
export function useProgram(run: Run, { status, program, listing }: RunState): ProgramReport | undefined {
  const since = program?.state === 'replayed' ? program.since : undefined;
  useEffect(() => {
    if (since === undefined || (status !== 'running' && status !== 'paused')) return;
    run.askProgram();
    if (status === 'paused') return;
    const timer = setInterval(run.askProgram, ASK_EVERY);
    return () => clearInterval(timer);
  }, [run, since, status]);
  return listing;
}
