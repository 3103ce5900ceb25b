/** Random JSON as text: with what is lost when it is parsed and written again. */
import fc from 'fast-check';

const blank = fc.constantFrom('', '', '', ' ', '\t', '\n  ');

/** Numbers beyond doubles, and numbers that are written in ways of their own. */
export const numberText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('1e400', '-1E-400', '12345678901234567890.123', '1.0', '1e2', '1E+02', '-0', '-0.0', '0e0', '0.10'),
  fc
    .tuple(fc.bigInt(), fc.stringMatching(/^(\.\d{1,30})?([eE][+-]?\d{1,3})?$/))
    .map(([whole, rest]) => `${whole}${rest}`),
);

/** Strings with escapes that need none, with a NUL, with halves of surrogate pairs. */
export const stringText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom('\\u0000', '\\ud800', '\\udfff', '\\/', '\\"', '\\\\', '\\u0041', '\\u005c\\u0022', '\u007f'),
      fc.string({ unit: 'binary', maxLength: 3 }).map((text) => JSON.stringify(text).slice(1, -1)),
      fc.constantFrom('{', '}', '[', ']', ',', ':', '1e400', '\u2028'),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`);

/** Names that JavaScript gives a meaning, names that look alike, names like indexes, which objects would put first. */
export const nameText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '"__proto__"',
    '"constructor"',
    '"toString"',
    '"a"',
    '"\\u0061"',
    '"A"',
    '""',
    '"2"',
    '"1"',
    '"extensions"',
  ),
  stringText,
);

const listOf = (parts: readonly string[], [begin, end]: readonly [string, string]) =>
  `${begin}${parts.join(',')}${end}`;

/** Any JSON: names may be in an object more than once, blanks wherever there may be some. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => {
  const spaced = fc.tuple(blank, tie('value'), blank).map((parts) => parts.join(''));
  const member = fc
    .tuple(blank, nameText, blank, spaced)
    .map(([before, name, after, value]) => `${before}${name}${after}:${value}`);
  return {
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.oneof(fc.constantFrom('null', 'true', 'false', '{}', '[ ]'), numberText, stringText),
      fc.array(spaced, { maxLength: 3 }).map((parts) => listOf(parts, ['[', ']'])),
      fc.array(member, { maxLength: 4 }).map((parts) => listOf(parts, ['{', '}'])),
    ),
  };
}).value;

/** The members in random order, each after blanks. */
export function objectText(members: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const written = Object.entries(members).map(([name, value]) =>
    fc.tuple(blank, blank, value).map(([before, after, text]) => `${before}"${name}":${after}${text}`),
  );
  return fc
    .tuple(...written)
    .chain((texts) => fc.shuffledSubarray(texts, { minLength: texts.length }))
    .map((texts) => listOf(texts, ['{', '}']));
}
