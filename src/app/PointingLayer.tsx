import { useEffect, useMemo, useState } from 'react';
import type { PointingStore } from '#src/training/pointing.ts';
import type { Run } from '#src/training/run.ts';
import { usePointing, usePointingStore, useRunLookup } from '#src/training/useRun.tsx';
import { installPointing } from '#src/ui/pointing.ts';
import '#src/ui/pointing.css';
import { SymbolCard } from '#src/ui/SymbolCard.tsx';

/** Lets every symbol on the page be pointed at, and shows the numbers of the one that is. */
export function PointingLayer() {
  const store = usePointingStore();
  const lookup = useRunLookup();
  const { of, symbol, cell } = usePointing();
  useEffect(() => installPointing(document, store, (id) => lookup(id)?.spec.symbols), [store, lookup]);
  const anchor = useAnchor(store);
  const run = of === undefined ? undefined : lookup(of);
  const known = run && symbol !== undefined ? run.spec.symbols[symbol] : undefined;
  if (!run || !known || cell || !anchor) return null;
  return <LiveCard run={run} symbol={known} anchor={anchor} />;
}

function LiveCard({ run, symbol, anchor }: { run: Run; symbol: Run['spec']['symbols'][string]; anchor: DOMRect }) {
  const [state, setState] = useState(run.getState);
  useEffect(() => {
    const unsubscribe = run.subscribe(() => setState(run.getState()));
    return () => void unsubscribe();
  }, [run]);
  return (
    <SymbolCard anchor={anchor} symbol={symbol} playgroundId={run.spec.id} array={state.snapshot?.[symbol.tensor]} />
  );
}

/** Where the pointed place stands; undefined where nothing is pointed at by hand or keyboard. */
function useAnchor(store: PointingStore): DOMRect | undefined {
  const [anchor, setAnchor] = useState<DOMRect>();
  const follow = useMemo(
    () => (event: Event) => {
      const place =
        event.target instanceof Element ? event.target.closest('[data-symbol], [data-code], [data-node]') : null;
      // What draws the numbers itself needs no card.
      const isPicture = place === null || place.querySelector('canvas') !== null;
      setAnchor(isPicture ? undefined : place.getBoundingClientRect());
    },
    [],
  );
  useEffect(() => {
    const types = ['pointerover', 'focusin', 'click'] as const;
    for (const type of types) document.addEventListener(type, follow);
    const leave = () => setAnchor(undefined);
    document.addEventListener('scroll', leave, { capture: true, passive: true });
    return () => {
      for (const type of types) document.removeEventListener(type, follow);
      document.removeEventListener('scroll', leave, { capture: true });
    };
  }, [store, follow]);
  return anchor;
}
