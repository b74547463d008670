/** How long a step takes: the time spent in steps and their read-backs, frames and waiting left out. */
export interface Stopwatch {
  measure<T>(work: () => Promise<T>): Promise<T>;
  /** The time measured since the last lap was that of so many steps. */
  lap(steps: number): void;
  /** Median of the last laps, in milliseconds a step; 0 before the first. */
  median(): number;
}

const LAPS = 15;

export function createStopwatch(now: () => number): Stopwatch {
  const laps: number[] = [];
  let spent = 0;
  return {
    async measure(work) {
      const start = now();
      try {
        return await work();
      } finally {
        spent += now() - start;
      }
    },
    lap(steps) {
      laps.push(spent / steps);
      if (laps.length > LAPS) laps.shift();
      spent = 0;
    },
    median() {
      const sorted = [...laps].sort((a, b) => a - b);
      return sorted[Math.floor(sorted.length / 2)] ?? 0;
    },
  };
}
