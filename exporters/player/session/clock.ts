/** The time as a session sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Seconds that the learner has spent in this launch; stands still while the page is hidden. */
  secondsInLaunch(): number;
}
