/** What our float64 computation says of a case; the gradients are differences, computed once a case. */
import { numericGradient } from '../engine/reference.ts';
import { givenFor, upstreamFor } from './recurrentCases.ts';
import { reference } from './recurrentReference.ts';
import type { Given, Layer, Sequence } from './recurrentReference.ts';

export interface Expected {
  given: Given;
  /** Each part that a trace names, `[batch, time, units]`. */
  parts: Record<string, Float64Array>;
  gradients: Record<'x' | 'kernel' | 'recurrent' | 'bias', Float64Array>;
  /** By the states, through time. */
  through: Record<string, Float64Array>;
}

const known = new Map<string, Expected>();

export function expectedFor(layer: Layer, size: Sequence, withState = false): Expected {
  const key = JSON.stringify([layer, size, withState]);
  const found = known.get(key) ?? compute(layer, size, givenFor(layer, size, { withState }));
  known.set(key, found);
  return found;
}

function compute(layer: Layer, size: Sequence, given: Given): Expected {
  const upstream = upstreamFor(size);
  const loss = (changed: Given = given) =>
    reference(layer, size, changed).hiddenState?.reduce((sum, h, index) => sum + h * (upstream[index] ?? 0), 0) ??
    Number.NaN;
  const through = (layer === 'lstm' ? ['hiddenState', 'cellState'] : ['hiddenState']).map((state) => {
    const nudge = new Float64Array(upstream.length);
    return [state, numericGradient(() => loss({ ...given, nudge: { [state]: nudge } }), nudge)] as const;
  });
  return {
    given,
    parts: reference(layer, size, given),
    gradients: {
      x: numericGradient(loss, given.x),
      kernel: numericGradient(loss, given.kernel),
      recurrent: numericGradient(loss, given.recurrent),
      bias: numericGradient(loss, given.bias),
    },
    through: Object.fromEntries(through),
  };
}

/** The largest difference, as a share of the largest number if that is above 1. */
export function errorOf(found: ArrayLike<number> | undefined, expected: ArrayLike<number> | undefined): number {
  if (found === undefined || expected === undefined || found.length !== expected.length) return Number.NaN;
  let [error, scale] = [0, 1];
  for (let index = 0; index < expected.length; index += 1) {
    const value = expected[index] ?? Number.NaN;
    const difference = Math.abs(value - (found[index] ?? Number.NaN));
    // A number that is none must not get lost in a comparison.
    error = difference <= error ? error : difference;
    scale = Math.max(scale, Math.abs(value));
  }
  return error / scale;
}
