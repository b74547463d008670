/** Notices a worker that answers no more. */
export interface Watchdog {
  /** An answer is owed from now on, within `milliseconds`. */
  expect(milliseconds: number): void;
  /** Something was heard; nothing is owed until the next `expect`. */
  heard(): void;
}

const TICK = 250; // ms

/**
 * Counts ticks of the page's own clock, not time: a laptop that slept, or a page that was frozen, has not waited.
 *
 * @param onSilence called once when an answer stays away for longer than was allowed.
 */
export function createWatchdog(onSilence: () => void): Watchdog {
  let ticksLeft = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  function stop() {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    expect(milliseconds) {
      if (timer !== undefined) return;
      ticksLeft = Math.ceil(milliseconds / TICK);
      timer = setInterval(() => {
        if (--ticksLeft > 0) return;
        stop();
        onSilence();
      }, TICK);
    },
    heard: stop,
  };
}
