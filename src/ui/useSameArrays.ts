import { useRef } from 'react';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';

/**
 * These arrays of a snapshot, the same object as long as their numbers are the same: what is drawn from them need not
 * be drawn again with every frame.
 */
export function useSameArrays(arrays: NamedArrays | undefined, names: readonly string[]): NamedArrays {
  const kept = useRef<NamedArrays>({});
  const isSame = names.every((name) => hasSameNumbers(kept.current[name], arrays?.[name]));
  if (!isSame) {
    kept.current = Object.fromEntries(
      names.flatMap((name): [string, NamedArray][] => (arrays?.[name] ? [[name, arrays[name]]] : [])),
    );
  }
  return kept.current;
}

function hasSameNumbers(one: NamedArray | undefined, other: NamedArray | undefined): boolean {
  if (one === other) return true;
  if (!one || !other || one.values.length !== other.values.length) return false;
  return one.values.every((number, index) => number === other.values[index]);
}
