/** Points and spans of time as statements write them (xAPI 1.0.3 Data 4.5, 4.6). */

/** The extended format of ISO 8601, which is nearly everybody's, and its basic one. */
const EXTENDED =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:([Zz])|([+-])(\d\d)(?::?(\d\d))?)?$/;
const BASIC = /^(\d{4})(\d\d)(\d\d)[Tt](\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?(?:([Zz])|([+-])(\d\d)(?:(\d\d))?)?$/;

/** As RFC 3339 writes a point in time in UTC. */
const UTC = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?[Zz]$/;

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
  const point = pointInTime(text);
  return point && point.minute + Number(point.second) * 1_000 + Number(point.fraction.slice(0, 3).padEnd(3, '0'));
}

/**
 * The same point in time as RFC 3339 writes it in UTC, with all digits of its seconds; as it is when it is written so.
 *
 * @param text a timestamp that {@link parseTimestamp} takes
 */
export function toUtc(text: string): string {
  const point = UTC.test(text) ? undefined : pointInTime(text);
  if (!point) return text;
  const utc = new Date(point.minute).toISOString();
  // RFC 3339 has no years outside of 0000 to 9999.
  if (!/^\d/.test(utc)) return text;
  return `${utc.slice(0, 17)}${point.second}${point.fraction && `.${point.fraction}`}Z`;
}

interface PointInTime {
  /** Milliseconds since 1970 of the minute that it is in. */
  readonly minute: number;
  /** Two digits. */
  readonly second: string;
  /** The digits after the decimal sign. */
  readonly fraction: string;
}

function pointInTime(text: string): PointInTime | undefined {
  const parts = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '', , sign, hours = '0', minutes = '0'] = parts;
  const date = [Number(year), Number(month), Number(day)] as const;
  const offset = offsetMinutes(sign, Number(hours), Number(minutes));
  if (!isOnTheCalendar(...date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  if (offset === undefined) return undefined;
  // Date.UTC takes years below 100 for those of the twentieth century; the calendar repeats itself after 400 years.
  const shifted = Date.UTC(date[0] + 400, date[1] - 1, date[2], Number(hour), Number(minute) - offset);
  return { minute: shifted - FOUR_CENTURIES, second, fraction };
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

/**
 * A duration as it is compared: what is finer than 0.01 s is cut off, not rounded (1.0.3 Data 4.6, 9274.1.1 4.2.7). Fractions
 * of months and years have no length of their own and stay as they are written.
 */
export function durationToHundredths(text: string): string {
  const [, whole, fraction, unit] = /^(P(?:.*T)?.*?\d+)(?:[.,](\d+))?([A-Z])$/.exec(text) ?? [];
  if (whole === undefined || fraction === undefined || unit === undefined) return text;
  if (unit === 'S') return withFraction(whole, unit, fraction.slice(0, 2));
  const seconds = lengthOf(unit, text.includes('T'));
  if (seconds === undefined) return text;
  const hundredths = Math.floor(Number(`0.${fraction}`) * seconds * 100 + 1e-6);
  return hundredths === 0 ? `${whole}${unit}` : `${whole}${unit} and ${hundredths}`;
}

function withFraction(whole: string, unit: string, fraction: string): string {
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? `${whole}${unit}` : `${whole}.${digits}${unit}`;
}

function lengthOf(unit: string, inTime: boolean): number | undefined {
  switch (unit) {
    case 'W':
      return 7 * DAY;
    case 'D':
      return DAY;
    case 'H':
      return HOUR;
    default:
      return unit === 'M' && inTime ? MINUTE : undefined;
  }
}

const decimal = (digits: string): number => Number(digits.replace(',', '.'));
