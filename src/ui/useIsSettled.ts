import { useEffect, useState } from 'react';
import { useIsLive } from './useIsLive.ts';

/**
 * Whether a prerendered part of the page answers with all that is in it: its parts come alive one after the other, and
 * what is pressed or typed before is lost.
 */
export function useIsSettled(): boolean {
  const isLive = useIsLive();
  const [isSettled, setIsSettled] = useState(isLive);
  useEffect(() => {
    if (isSettled) return;
    const settle = () => setIsSettled(true);
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(settle, 300);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(settle, { timeout: 3000 });
    return () => cancelIdleCallback(idle);
  }, [isSettled]);
  return isSettled;
}
