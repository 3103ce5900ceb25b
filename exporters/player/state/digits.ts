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
