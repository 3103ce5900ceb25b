/** How long a pipe waits before it tries again. */

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** A target may ask for more patience than that, within reason. */
const LONGEST_ASKED_PAUSE_MS = 24 * 60 * 60_000;

/**
 * The time of the next attempt: pauses double up to a quarter of an hour. Half of each is left to chance, so that pipes that
 * failed together do not come back together.
 *
 * @param failures in a row, from 1
 * @param asked by the target (Retry-After)
 */
export function nextAttempt(failures: number, now: Date, asked?: Date, random: () => number = Math.random): Date {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
  const own = now.getTime() + pause * (0.5 + random() / 2);
  const theirs = Math.min(asked?.getTime() ?? 0, now.getTime() + LONGEST_ASKED_PAUSE_MS);
  return new Date(Math.max(own, theirs));
}

/** The time that a Retry-After names, as seconds or as a date (RFC 9110 10.2.3). */
export function retryAfter(header: string | undefined, now: Date): Date | undefined {
  if (header === undefined) return undefined;
  const time = /^\d{1,9}$/.test(header.trim()) ? now.getTime() + Number(header) * 1_000 : Date.parse(header);
  return Number.isNaN(time) ? undefined : new Date(time);
}
