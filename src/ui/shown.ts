import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import type { Trace } from '#src/training/protocol.ts';

/** What a stage draws: values, and in their place gradients or updates where there are any. */
export interface Shown {
  values: NamedArrays;
  /** By the same names. */
  gradients: NamedArrays;
  updates: NamedArrays;
}

const GRADIENT = 'gradient:';

/** A snapshot's arrays; its gradients only if they are wanted. */
export function shownOf(arrays: NamedArrays | undefined, withGradients: boolean): Shown {
  const entries = withGradients ? Object.entries(arrays ?? {}).filter(([name]) => name.startsWith(GRADIENT)) : [];
  const gradients = Object.fromEntries(entries.map(([name, array]) => [name.slice(GRADIENT.length), array]));
  return { values: arrays ?? {}, gradients, updates: {} };
}

/** A traced step as far as it has come at one of its moments: what is computed later is not there yet. */
export function shownAt(trace: Trace, moments: readonly { phase: string; tensor: string }[], at: number): Shown {
  const reached = (phase: string, arrays: NamedArrays) =>
    Object.fromEntries(
      moments
        .slice(0, at + 1)
        .filter((moment) => moment.phase === phase)
        .flatMap(({ tensor }): [string, NamedArray][] => (arrays[tensor] ? [[tensor, arrays[tensor]]] : [])),
    );
  const isForward = moments[at]?.phase === 'forward';
  const later = new Set(
    isForward ? moments.filter(({ phase }) => phase === 'forward').map(({ tensor }) => tensor) : [],
  );
  const standing = Object.fromEntries(Object.entries(trace.values).filter(([name]) => !later.has(name)));
  return {
    values: { ...standing, ...(isForward ? reached('forward', trace.values) : {}) },
    gradients: reached('backward', trace.gradients),
    updates: reached('update', trace.updates),
  };
}

/** The array to draw for a name, and whether it is a gradient or an update in place of the values. */
export function pick(shown: Shown, name: string) {
  const update = shown.updates[name];
  const gradient = shown.gradients[name];
  const change = update ? ('update' as const) : gradient && ('gradient' as const);
  return { array: update ?? gradient ?? shown.values[name], change };
}
