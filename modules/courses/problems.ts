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

function problemsOfIssue(issue: z.core.$ZodIssue, path: Path): Problem[] {
  const name = nameOf(path);
  switch (issue.code) {
    case 'invalid_type':
      return [
        issue.input === undefined
          ? problem('REQUIRED', `${name} is required.`, path)
          : problem('WRONG_TYPE', `${name} must be ${IN_WORDS[issue.expected] ?? issue.expected}.`, path),
      ];
    case 'too_big':
      return [tooBig(issue, name, path)];
    case 'too_small':
      return [tooSmall(issue, name, path)];
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        problem('UNKNOWN_FIELD', `${key} is not known here.`, [...path, key], 'Remove it, or check its spelling.'),
      );
    case 'invalid_value':
      return [problem('UNKNOWN_VALUE', `${name} must be one of: ${issue.values.map(String).join(', ')}.`, path)];
    case 'invalid_union':
      return [unknownKind(issue, path)];
    case 'invalid_format':
      return [problem('WRONG_FORMAT', `${name} ${predicate(issue.message)}.`, path)];
    case 'custom':
      return [problem('RULE_BROKEN', `${name} ${predicate(issue.message)}.`, path)];
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return [problem('NOT_VALID', `${name}: ${issue.message}.`, path)];
  }
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

function unknownKind(issue: z.core.$ZodIssueInvalidUnion, path: Path): Problem {
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
