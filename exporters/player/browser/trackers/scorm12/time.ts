/** SCORM 1.2 RTE 3.4.1: CMITimespan and CMITime. */

const two = (value: number): string => String(value).padStart(2, '0');
const MAX_HUNDREDTHS = 9_999 * 360_000;

/** Seconds as HHHH:MM:SS.SS. */
export function timespan(seconds: number): string {
  const hundredths = Math.min(MAX_HUNDREDTHS, Math.max(0, Math.round(seconds * 100)));
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor((hundredths % 360_000) / 6_000);
  const rest = hundredths % 6_000;
  return `${String(hours).padStart(4, '0')}:${two(minutes)}:${two(Math.floor(rest / 100))}.${two(rest % 100)}`;
}

/** The time of day at a moment in milliseconds since 1970, as HH:MM:SS on the learner's clock. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
}
