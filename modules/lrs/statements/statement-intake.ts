/** From the text of a request to valid statements, or to all that is wrong with them. */
import { ValidationFailed } from '../../../src/platform/errors.js';
import type { Problem } from '../../../src/platform/errors.js';
import { duplicateMember } from '../xapi/duplicate-members.js';
import { elementsOf, isList, wholeOf } from '../xapi/json-text.js';
import type { SurveyedSpan } from '../xapi/json-text.js';
import type { Statement } from '../xapi/statement.js';
import { validateStatement } from '../xapi/validation/statement.js';
import type { StatementsBody } from './statements-body.js';

/** A valid statement, and where the text has it. */
export interface SentStatement {
  readonly statement: Statement;
  readonly text: string;
  readonly span: SurveyedSpan;
}

/** Valid statements in the order in which they were sent. */
export interface SentStatements {
  /** Whether they came as a list; a statement alone need not. */
  readonly inList: boolean;
  readonly statements: readonly SentStatement[];
}

/** PostgreSQL and V8 walk through JSON recursively; far beyond what anybody sends, and far before their stacks end. */
const MAXIMUM_DEPTH = 250;

/** Reads a body that holds one statement or a list of them. The paths of problems start at the body's root. */
export function readStatements({ text, version }: StatementsBody): SentStatements | ValidationFailed {
  const body = parse(text);
  if (body instanceof ValidationFailed) return body;
  const inList = isList(text);
  const values = inList ? (body.value as unknown[]) : [body.value];
  const spans = inList ? elementsOf(text) : [wholeOf(text)];
  if (spans.some(({ depth }) => depth > MAXIMUM_DEPTH)) {
    return refusal('TOO_DEEP', `JSON may nest ${MAXIMUM_DEPTH} levels deep.`);
  }
  const problems: Problem[] = [];
  const statements = values.map((value, index): SentStatement => {
    const span = spans[index]!;
    problems.push(...problemsOf({ text, version }, span, value, inList ? [String(index)] : []));
    return { statement: value as Statement, text, span };
  });
  problems.push(...idsUsedTwice(values));
  return problems.length > 0 ? new ValidationFailed(problems) : { inList, statements };
}

function parse(text: string): { value: unknown } | ValidationFailed {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return refusal('MALFORMED_JSON', `The body is not JSON: ${(error as Error).message}`);
  }
}

const refusal = (code: string, message: string) => new ValidationFailed([{ code, message, path: [] }]);

function* problemsOf(
  { text, version }: StatementsBody,
  span: SurveyedSpan,
  value: unknown,
  path: readonly string[],
): Generator<Problem> {
  for (const problem of validateStatement(value, version)) {
    const place = [...path, ...problem.path];
    yield { code: problem.code, message: `${place.join('.') || 'The statement'} ${problem.message}.`, path: place };
  }
  const twice = duplicateMember(text, span, value);
  if (twice) {
    const place = [...path, ...twice];
    yield { code: 'DUPLICATE', message: `${place.join('.')} is there twice (Data 2.2).`, path: place };
  }
}

/** Comm 2.1.2. */
function* idsUsedTwice(values: readonly unknown[]): Generator<Problem> {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    const id = (value as Partial<Statement> | null)?.id;
    if (typeof id !== 'string') continue;
    const message = `The batch has the statement id ${id} twice (Comm 2.1.2).`;
    if (seen.has(id.toLowerCase())) yield { code: 'DUPLICATE', message, path: [String(index), 'id'] };
    seen.add(id.toLowerCase());
  }
}
