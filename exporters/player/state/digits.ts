/** Numbers in 64 digits that every LMS keeps as they are, and short fingerprints. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';

/** The greatest number that fits so many digits. */
export const maxOf = (digits: number): number => 64 ** digits - 1;

/** A whole number in exactly `digits` digits; one that is too great becomes the greatest that fits. */
export function digitsOf(value: number, digits: number): string {
  let rest = Math.min(value, maxOf(digits));
  let text = '';
  for (let place = 0; place < digits; place += 1) {
    text = DIGITS.charAt(rest % 64) + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}

/** The number back, or undefined where the text is no such digits. */
export function numberOf(text: string): number | undefined {
  let value = 0;
  for (const digit of text) {
    const place = DIGITS.indexOf(digit);
    if (place < 0) return undefined;
    value = value * 64 + place;
  }
  return text === '' ? undefined : value;
}

/** FNV-1a of the text's UTF-16 units, with the bits mixed once more: short texts that differ little differ everywhere. */
export function fingerprint32(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** A fingerprint in so many digits, at most 5. */
export const fingerprint = (text: string, digits: number): string =>
  digitsOf(fingerprint32(text) % 64 ** digits, digits);

/** A whole number in as few digits as it takes; it tells by itself where it ends (five bits a digit, the sixth says "more"). */
export function varDigitsOf(value: number): string {
  return value < 32 ? digitsOf(value, 1) : digitsOf(32 + (value % 32), 1) + varDigitsOf(Math.floor(value / 32));
}

/** The number at the beginning of a text, and what follows it. */
export function varNumberOf(text: string): { value: number; rest: string } | undefined {
  const digit = numberOf(text.charAt(0));
  if (digit === undefined) return undefined;
  if (digit < 32) return { value: digit, rest: text.slice(1) };
  const more = varNumberOf(text.slice(1));
  return more && { value: digit - 32 + 32 * more.value, rest: more.rest };
}

/** Numbers of fixed widths at the beginning of a text, and what follows them; undefined where the text does not have them. */
export function numbersOf(text: string, ...widths: number[]): { values: number[]; rest: string } | undefined {
  const values: number[] = [];
  let place = 0;
  for (const width of widths) {
    const digits = text.slice(place, place + width);
    const value = digits.length === width ? numberOf(digits) : undefined;
    if (value === undefined) return undefined;
    values.push(value);
    place += width;
  }
  return { values, rest: text.slice(place) };
}

/** Which items of a list are in a set, six to a digit. */
export function flagsOf(list: readonly string[], set: readonly string[]): string {
  let flags = '';
  for (let place = 0; place < list.length; place += 6) {
    const six = list.slice(place, place + 6);
    flags += digitsOf(
      six.reduce((sum, item, bit) => sum + (set.includes(item) ? 2 ** bit : 0), 0),
      1,
    );
  }
  return flags;
}

export const flagsLength = (list: readonly unknown[]): number => Math.ceil(list.length / 6);

/** The items whose flags are set, in the order of the list; undefined where the text is no such flags. */
export function flagged(list: readonly string[], flags: string): string[] | undefined {
  const sixes = [...flags].map((digit) => numberOf(digit));
  if (sixes.length !== flagsLength(list) || sixes.includes(undefined)) return undefined;
  return list.filter((_item, place) => (((sixes[Math.floor(place / 6)] ?? 0) >> (place % 6)) & 1) === 1);
}
