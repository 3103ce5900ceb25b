/** Results and scores (Data 2.4.5). */
import type { Rule } from './report.js';
import { boolean, duration, extensions, number, object, text } from './rules.js';

type Bound = 'min' | 'max' | 'raw';

/** Data 2.4.5.1: what must not be exceeded, by which, and what to say of it. */
const ORDER: readonly [low: Bound, high: Bound, wrong: Bound, message: string][] = [
  ['min', 'raw', 'raw', 'must not be less than min (Data 2.4.5.1)'],
  ['raw', 'max', 'raw', 'must not be more than max (Data 2.4.5.1)'],
  ['min', 'max', 'max', 'must be more than min (Data 2.4.5.1)'],
];

const score = object({ scaled: number, raw: number, min: number, max: number }, [], (value, report) => {
  const { scaled } = value;
  if (isNumber(scaled) && Math.abs(scaled) > 1) {
    report.add('OUT_OF_RANGE', 'must be from -1 to 1 (Data 2.4.5.1)', 'scaled');
  }
  for (const [low, high, wrong, message] of ORDER) {
    if (!isOrdered(value[low], value[high], wrong === 'max')) report.add('OUT_OF_RANGE', message, wrong);
  }
});

export const result: Rule = object({
  score,
  success: boolean,
  completion: boolean,
  response: text,
  duration,
  extensions,
});

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** A bound that is missing, or is no number, which another rule reports, bounds nothing. */
function isOrdered(low: unknown, high: unknown, strictly: boolean): boolean {
  if (!isNumber(low) || !isNumber(high)) return true;
  return strictly ? low < high : low <= high;
}
