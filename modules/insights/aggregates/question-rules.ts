import type { Problem } from '../../../src/platform/errors.js';
import { CALENDAR } from './aggregate.js';
import type { AggregateQuestion } from './aggregate.js';

/** What is wrong with a question beyond the shape of its input. */
export function* problemsOf(question: AggregateQuestion): Generator<Problem> {
  const { groupBy, timeZone, scaledBounds, secondsBounds } = question;
  if (new Set(groupBy).size < groupBy.length) {
    yield problem('DUPLICATE', 'groupBy has the same dimension twice.', 'groupBy');
  }
  if (groupBy.filter((dimension) => dimension in CALENDAR).length > 1) {
    yield problem('CONTRADICTION', 'groupBy may have one of DAY, WEEK and MONTH.', 'groupBy');
  }
  if (!isTimeZone(timeZone)) {
    yield problem('UNKNOWN_TIME_ZONE', `"${timeZone}" is not the name of a time zone.`, 'timeZone');
  }
  for (const [name, bounds] of Object.entries({ scaledBounds, secondsBounds })) {
    if (bounds?.some((bound, index) => index > 0 && bound <= bounds[index - 1]!)) {
      yield problem('NOT_ASCENDING', `${name} must ascend.`, name);
    }
  }
}

const problem = (code: string, message: string, path: string): Problem => ({
  code,
  message,
  path: [path],
  severity: 'ERROR',
});

/** By name only: an offset such as +02:00 has the opposite sign in PostgreSQL. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w/+-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // RangeError: unknown, which the caller reports.
    return false;
  }
}
