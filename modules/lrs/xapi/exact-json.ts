/** JSON read without loss: JSON.parse alone makes one number of all that no double tells apart. */
import { randomUUID } from 'node:crypto';

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether a text may have a number that a double does not hold as it is: doubles hold every one of 15 digits. */
const HAS_UNUSUAL = /(?:^|[:,[\s])-?(?:[\d.]{16}|[\d.]+[eE]|(?<=-)0)/;

/** Nobody can send an object that has this name and is no number. */
const BEYOND_DOUBLES = randomUUID();

/**
 * What JSON.parse gives, but that numbers which no double holds are objects of one string: equal ones are deeply equal, and
 * different ones are not. Minus zero is zero.
 *
 * @throws SyntaxError
 */
export function parseExactly(text: string): unknown {
  if (!HAS_UNUSUAL.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(TOKENS, (token) => (token.startsWith('"') ? token : numberOf(token))));
}

function numberOf(token: string): string {
  const exact = decimalOf(token);
  if (exact === '0') return '0';
  const double = String(Number(token));
  return NUMBER.test(double) && decimalOf(double) === exact ? double : `{"${BEYOND_DOUBLES}":"${exact}"}`;
}

/** The same text for the same number, however it is written: digits without zeros at their ends, and a power of ten. */
function decimalOf(token: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(token)!;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  if (significant === '') return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}

/** A regular expression would try each run of zeros from each of its zeros. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
