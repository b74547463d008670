import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Whether this part of the page answers: a prerendered one does not before its script has come. */
export function useIsLive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
