import { useEffect } from 'react';
import type { PlaygroundSpec } from './spec.ts';
import { usePointingStore } from './useRun.tsx';
import type { Moment } from './useSlowMotion.ts';

/** What slow motion has come to lights up wherever its symbol stands on the page. */
export function usePointedMoment(id: string, { symbols }: PlaygroundSpec, moment: Moment | undefined) {
  const pointing = usePointingStore();
  useEffect(() => {
    const symbol = Object.entries(symbols).find(([, { tensor }]) => tensor === moment?.tensor)?.[0];
    pointing.set(symbol ? { of: id, symbol } : {});
  }, [moment, id, symbols, pointing]);
}
