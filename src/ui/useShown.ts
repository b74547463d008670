import { useMemo } from 'react';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Trace } from '#src/training/protocol.ts';
import type { Moment } from '#src/training/useSlowMotion.ts';
import { shownAt, shownOf, type Shown } from './shown.ts';

/** What a stage draws: in slow motion the traced step as far as it has come, else these arrays. */
export function useShown(
  moments: readonly Moment[],
  moment: Moment | undefined,
  trace: Trace | undefined,
  arrays: NamedArrays | undefined,
  withGradients = false,
): Shown {
  return useMemo(
    () => (moment && trace ? shownAt(trace, moments, moments.indexOf(moment)) : shownOf(arrays, withGradients)),
    [moments, moment, trace, arrays, withGradients],
  );
}
