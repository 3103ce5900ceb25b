/** Seconds that a page was looked at: it stands still while the page is hidden. */
export interface Stopwatch {
  seconds(): number;
  pause(): void;
  resume(): void;
}

/** Runs from now on. @param now Milliseconds of a clock that is never set back. */
export function stopwatch(now: () => number): Stopwatch {
  let passed = 0;
  let since: number | undefined = now();
  const running = (): number => (since === undefined ? 0 : now() - since);
  return {
    seconds: () => (passed + running()) / 1000,
    pause() {
      passed += running();
      since = undefined;
    },
    resume() {
      since ??= now();
    },
  };
}
