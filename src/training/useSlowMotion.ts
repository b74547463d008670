import { useEffect, useRef, useState } from 'react';
import type { Run } from './run.ts';
import type { RunState } from './runState.ts';

/** One stop on the way through a traced step. */
export interface Moment {
  phase: string;
  /** What is computed at this moment: a key of the trace. */
  tensor: string;
}

const MOMENT = 900; // ms

/**
 * Walks through traced steps by the page's clock: each moment for a while, then the next step. The worker waits
 * meanwhile; nothing is held up inside a step.
 */
export function useSlowMotion(run: Run, state: RunState, moments: readonly Moment[]) {
  const [isOn, setIsOn] = useState(false);
  const [at, setAt] = useState(0);
  const isAsked = useRef(false);
  const { status, trace } = state;
  const step = trace?.step;

  useEffect(() => {
    if (!isOn) return;
    if (status === 'running') run.pause();
    if (status === 'failed') setIsOn(false);
    if (step !== undefined) isAsked.current = false;
    else if (!isAsked.current && (status === 'idle' || status === 'paused')) {
      isAsked.current = true;
      run.stepOnce(true);
    }
  }, [isOn, status, step, run]);

  useEffect(() => {
    if (!isOn || step === undefined) return;
    setAt(0);
    let next = 0;
    const clock = setInterval(() => {
      next += 1;
      if (next < moments.length) setAt(next);
      else {
        clearInterval(clock);
        run.stepOnce(true);
      }
    }, MOMENT);
    return () => clearInterval(clock);
  }, [isOn, step, moments, run]);

  return {
    isOn,
    moment: isOn && trace ? moments[at] : undefined,
    set(wanted: boolean) {
      setIsOn(wanted);
      isAsked.current = false;
      if (!wanted) run.leaveTrace();
    },
  };
}
