import type { z } from 'zod';
import type { Problem } from '../../src/platform/errors.js';

type Path = readonly PropertyKey[];

/** Every broken rule that a schema found, for the author. */
export const problemsOf = (error: z.ZodError, root: Path = []): Problem[] =>
  error.issues.flatMap((issue) => problemsOfIssue(issue, [...root, ...issue.path]));

/** A problem that stops an operation. */
export const problem = (code: string, message: string, path: Path, hint?: string): Problem => ({
  code,
  message,
  path: path.map(String),
  severity: 'ERROR',
  ...(hint !== undefined && { hint }),
});

type Issue = z.core.$ZodIssue;
type Reader<Code extends Issue['code']> = (
  issue: Extract<Issue, { code: Code }>,
  name: string,
  path: Path,
) => Problem | Problem[];

const notValid = ({ message }: Issue, name: string, path: Path) => problem('NOT_VALID', `${name}: ${message}.`, path);

const readers: { [Code in Issue['code']]: Reader<Code> } = {
  invalid_type: ({ input, expected }, name, path) =>
    input === undefined
      ? problem('REQUIRED', `${name} is required.`, path)
      : problem('WRONG_TYPE', `${name} must be ${IN_WORDS[expected] ?? expected}.`, path),
  too_big: tooBig,
  too_small: tooSmall,
  unrecognized_keys: ({ keys }, _, path) =>
    keys.map((key) =>
      problem('UNKNOWN_FIELD', `${key} is not known here.`, [...path, key], 'Remove it, or check its spelling.'),
    ),
  invalid_value: ({ values }, name, path) =>
    problem('UNKNOWN_VALUE', `${name} must be one of: ${values.map(String).join(', ')}.`, path),
  invalid_union: unknownKind,
  invalid_format: ({ message }, name, path) => problem('WRONG_FORMAT', `${name} ${predicate(message)}.`, path),
  custom: ({ message }, name, path) => problem('RULE_BROKEN', `${name} ${predicate(message)}.`, path),
  not_multiple_of: notValid,
  invalid_key: notValid,
  invalid_element: notValid,
};

function problemsOfIssue(issue: Issue, path: Path): Problem[] {
  // The table pairs each code with its own reader; the compiler cannot see that the issue at hand is of that very code.
  const reader = readers[issue.code] as Reader<Issue['code']>;
  return [reader(issue as never, nameOf(path), path)].flat();
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig, name: string, path: Path): Problem {
  if (origin === 'string')
    return problem('TOO_LONG', `${name} may have at most ${counted(maximum, 'character')}.`, path);
  if (origin === 'array') return problem('TOO_MANY', `${name} may have at most ${counted(maximum, 'item')}.`, path);
  return problem('OUT_OF_RANGE', `${name} must be at most ${maximum}.`, path);
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall, name: string, path: Path): Problem {
  if (origin === 'string')
    return problem('TOO_SHORT', `${name} must have at least ${counted(minimum, 'character')}.`, path);
  if (origin === 'array') return problem('TOO_FEW', `${name} must have at least ${counted(minimum, 'item')}.`, path);
  return problem('OUT_OF_RANGE', `${name} must be at least ${minimum}.`, path);
}

function unknownKind(issue: z.core.$ZodIssueInvalidUnion, _: string, path: Path): Problem {
  const kinds =
    'options' in issue && Array.isArray(issue.options) ? ` It must be one of: ${issue.options.join(', ')}.` : '';
  return problem('UNKNOWN_KIND', `There is no such kind here.${kinds}`, path);
}

const nameOf = (path: Path): string => String(path.findLast((part) => typeof part === 'string') ?? 'The input');

// The schemas' own messages are predicates ("must be one line"); zod's are sentences ("Invalid UUID").
const predicate = (message: string): string => (/^[a-z]/.test(message) ? message : `is not valid: ${message}`);

const IN_WORDS: Record<string, string> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const counted = (count: number | bigint, noun: string): string => `${count} ${noun}${Number(count) === 1 ? '' : 's'}`;
