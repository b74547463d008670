import { useEffect, useState } from 'react';

/** Whether `isNow` has been true for so many milliseconds: what is over sooner is not worth a word. */
export function useIsLater(isNow: boolean, milliseconds: number): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isNow) return undefined;
    const timer = setTimeout(() => setIsLate(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [isNow, milliseconds]);
  return isNow && isLate;
}
