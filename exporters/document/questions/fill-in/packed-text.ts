/**
 * Text of any script in printable ASCII, short: `~` opens and closes a run of other characters, each written as its distance
 * from the one before, since the letters of a script lie close together. No percent signs: some LMSs decode them.
 */

const PLAIN = /^[\w.!*'()-]$/;
const A = 97;
const UPPER_A = 65;

/** A distance in base 26; the last digit is a capital, so that it tells where it ends. */
function packNumber(value: number): string {
  let text = String.fromCharCode(UPPER_A + (value % 26));
  for (let rest = Math.floor(value / 26); rest > 0; rest = Math.floor(rest / 26)) {
    text = String.fromCharCode(A + (rest % 26)) + text;
  }
  return text;
}

const unpackNumber = (digits: string): number =>
  [...digits.toLowerCase()].reduce((sum, digit) => sum * 26 + digit.charCodeAt(0) - A, 0);

// Small numbers for small distances in either direction: 0, -1, 1, -2, 2 ...
const fold = (distance: number): number => (distance < 0 ? -2 * distance - 1 : 2 * distance);
const unfold = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

export function packText(text: string): string {
  let packed = '';
  let previous = A;
  let isOpen = false;
  for (const character of text) {
    const isPlain = character === ' ' || PLAIN.test(character);
    if (isOpen === isPlain) {
      packed += '~';
      isOpen = !isOpen;
    }
    if (isPlain) packed += character === ' ' ? '+' : character;
    else {
      const code = character.codePointAt(0) ?? 0;
      packed += packNumber(fold(code - previous));
      previous = code;
    }
  }
  return isOpen ? `${packed}~` : packed;
}

/** The text back; undefined when it is no packed text. */
export function unpackText(packed: string): string | undefined {
  if (!/^(?:[\w.!*'()+-]|~(?:[a-z]{0,4}[A-Z])+~)*$/.test(packed)) return undefined;
  let previous = A;
  let isValid = true;
  const unpackRun = (run: string): string =>
    (run.match(/[a-z]*[A-Z]/g) ?? [])
      .map((digits) => {
        previous += unfold(unpackNumber(digits));
        isValid &&= previous >= 0 && previous <= 0x10ffff;
        return isValid ? String.fromCodePoint(previous) : '';
      })
      .join('');
  const parts = packed.split('~');
  const text = parts.map((part, place) => (place % 2 === 1 ? unpackRun(part) : part.replaceAll('+', ' '))).join('');
  return isValid ? text : undefined;
}
