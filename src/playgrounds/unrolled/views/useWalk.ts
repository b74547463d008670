import { useEffect, useState } from 'react';

const EVERY = 350; // ms for one time step

/**
 * The walk of the gradient back through time, by the page's clock or step by step.
 *
 * @returns `reached`: the time step that it has come to; undefined while nobody walks and all is shown.
 */
export function useWalk(steps: number) {
  const [position, setPosition] = useState<number>();
  const [isPlaying, setIsPlaying] = useState(false);
  const last = steps - 1;
  const reached = position === undefined ? undefined : Math.min(position, last);

  useEffect(() => {
    if (!isPlaying) return undefined;
    if (reached === 0) {
      setIsPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => setPosition(reached === undefined ? last : reached - 1), EVERY);
    return () => clearTimeout(timer);
  }, [isPlaying, reached, last]);

  return {
    reached,
    isPlaying,
    play() {
      if (reached === undefined || reached === 0) setPosition(last);
      setIsPlaying(true);
    },
    pause: () => setIsPlaying(false),
    /** One time step back; from the loss if nobody walks yet. */
    back() {
      setIsPlaying(false);
      setPosition(reached === undefined ? last : Math.max(0, reached - 1));
    },
    forth() {
      setIsPlaying(false);
      setPosition(reached === undefined ? 0 : Math.min(last, reached + 1));
    },
    showAll() {
      setIsPlaying(false);
      setPosition(undefined);
    },
  };
}

export type Walk = ReturnType<typeof useWalk>;
