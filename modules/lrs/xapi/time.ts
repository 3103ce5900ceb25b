/** Points and spans of time as statements write them (xAPI 1.0.3 Data 4.5, 4.6). */

const TIMESTAMP =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:([Zz])|([+-])(\d\d)(?::?(\d\d))?)?$/;

const DURATION =
  /^P(?=[\dT])(?:(\d+(?:[.,]\d+)?)Y)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?=\d)(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/;
const WEEKS = /^P(\d+(?:[.,]\d+)?)W$/;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of the Gregorian calendar, on average: a duration does not say which months and years it means. */
const YEAR = 365.2425 * DAY;
const FOUR_CENTURIES = 146_097 * DAY * 1_000;
const SECONDS_OF_UNITS = [YEAR, YEAR / 12, DAY, HOUR, MINUTE, 1];

/**
 * Milliseconds since 1970 of an ISO 8601 date and time, finer digits cut off; undefined when it is none. The zone may be
 * missing (then it is UTC), but must not be a negative zero, which ISO 8601 does not allow.
 */
export function parseTimestamp(text: string): number | undefined {
  const parts = TIMESTAMP.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', , sign, hours = '0', minutes = '0'] = parts;
  const date = [Number(year), Number(month), Number(day)] as const;
  const offset = offsetMinutes(sign, Number(hours), Number(minutes));
  if (!isOnTheCalendar(...date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  if (offset === undefined) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  // Date.UTC takes years below 100 for those of the twentieth century; the calendar repeats itself after 400 years.
  const shifted = Date.UTC(
    date[0] + 400,
    date[1] - 1,
    date[2],
    Number(hour),
    Number(minute) - offset,
    Number(second),
    milliseconds,
  );
  return shifted - FOUR_CENTURIES;
}

function offsetMinutes(sign: string | undefined, hours: number, minutes: number): number | undefined {
  if (sign === undefined) return 0;
  if (hours > 23 || minutes > 59) return undefined;
  const size = hours * 60 + minutes;
  if (sign === '+') return size;
  return size === 0 ? undefined : -size;
}

function isOnTheCalendar(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day <= days;
}

/**
 * Seconds of an ISO 8601:2004 4.4.3.2 duration, months and years taken at their average length; undefined when it is none.
 * Weeks stand alone, and only the last part may have a fraction.
 */
export function parseDuration(text: string): number | undefined {
  const weeks = WEEKS.exec(text)?.[1];
  if (weeks !== undefined) return decimal(weeks) * 7 * DAY;
  const parts = DURATION.exec(text)?.slice(1);
  if (!parts) return undefined;
  const given = parts.filter((part) => part !== undefined);
  if (given.slice(0, -1).some((part) => /[.,]/.test(part))) return undefined;
  return parts.reduce(
    (sum, part, unit) => sum + (part === undefined ? 0 : decimal(part) * (SECONDS_OF_UNITS[unit] ?? 0)),
    0,
  );
}

const decimal = (digits: string): number => Number(digits.replace(',', '.'));
