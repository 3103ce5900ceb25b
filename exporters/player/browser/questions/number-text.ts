/** Numbers as people write them: with a decimal point or comma, with separators between thousands, in Arabic digits. */

const plainDigits = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/٫/g, '.')
    .replace(/[\s٬'’]/g, '')
    .replace(/−/g, '-');

const decimalSign = (language: string): string => (1.5).toLocaleString(language, { numberingSystem: 'latn' }).charAt(1);

/**
 * The number that is meant, or undefined. Of point and comma, the last is the decimal sign when both occur; one that occurs
 * alone is the decimal sign of the language, or separates thousands where it stands before three digits.
 */
export function parseNumber(text: string, language: string): number | undefined {
  const written = plainDigits(text);
  const thousands = decimalSign(language) === ',' ? '.' : ',';
  const both = written.includes(',') && written.includes('.');
  const groups = new RegExp(`^-?\\d{1,3}(?:\\${thousands}\\d{3})+$`);
  const grouping = both
    ? written.lastIndexOf(',') > written.lastIndexOf('.')
      ? '.'
      : ','
    : groups.test(written)
      ? thousands
      : '';
  const number = written.replaceAll(grouping === '' ? ' ' : grouping, '').replace(',', '.');
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(number) ? Number(number) : undefined;
}
