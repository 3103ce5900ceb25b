/** UUIDs in 22 digits instead of 36 characters. */
import { digitsOf, numbersOf } from './digits.js';

// 48, 40 and 40 bits: each is exact in a JavaScript number.
const PARTS = [
  { hex: 12, digits: 8 },
  { hex: 10, digits: 7 },
  { hex: 10, digits: 7 },
] as const;

export const UUID_DIGITS = 22;

export function packUuid(uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  let place = 0;
  return PARTS.map((part) => {
    const bits = hex.slice(place, (place += part.hex));
    return digitsOf(Number.parseInt(bits, 16), part.digits);
  }).join('');
}

export function unpackUuid(packed: string): string | undefined {
  const values = numbersOf(packed, ...PARTS.map(({ digits }) => digits))?.values;
  if (values === undefined || packed.length !== UUID_DIGITS) return undefined;
  const hex = values.map((value, index) => value.toString(16).padStart(PARTS[index]?.hex ?? 0, '0')).join('');
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : undefined;
}
