/** From the text of a request to valid statements, or to all that is wrong with them. */
import { ValidationFailed } from '../../../src/platform/errors.js';
import type { Problem } from '../../../src/platform/errors.js';
import { Turns } from '../../../src/platform/turns.js';
import { checkAttachments } from '../attachments/attachment-check.js';
import { hasAttachments } from '../attachments/attachment.js';
import { deepPart } from '../xapi/deep-part.js';
import { duplicateMember } from '../xapi/duplicate-members.js';
import { eachElement, isList, wholeOf } from '../xapi/json-text.js';
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

/** What cannot be stored, and why. */
export interface BadStatement {
  /** Of the statement, when it has one that can be read. */
  readonly id: string | undefined;
  /** At least one; paths start at the body's root. */
  readonly problems: readonly Problem[];
}

/** What was sent, in the order in which it was sent. */
export interface SentStatements {
  /** Whether they came as a list; a statement alone need not. */
  readonly inList: boolean;
  readonly statements: readonly (SentStatement | BadStatement)[];
}

/** PostgreSQL and V8 walk through JSON recursively; far beyond what anybody sends, and far before their stacks end. */
const MAXIMUM_DEPTH = 250;

export const isBad = (sent: SentStatement | BadStatement): sent is BadStatement => 'problems' in sent;

/**
 * Reads a body that holds one statement or a list of them, large ones in slices.
 *
 * @param attachmentsCome whether their attachments are still to come: then nothing is said of those
 * @returns ValidationFailed when it is no JSON
 */
export async function readStatements(
  body: StatementsBody,
  attachmentsCome = false,
): Promise<SentStatements | ValidationFailed> {
  const { text } = body;
  const inList = isList(text);
  const statements: (SentStatement | BadStatement)[] = [];
  const ids = new Set<string>();
  const turns = new Turns();
  try {
    for (const [span, value] of inList ? valuesOf(text) : [alone(text)]) {
      const path = inList ? [String(statements.length)] : [];
      const problems = [...problemsOf(body, span, value, path), ...usedTwice(ids, value, path)];
      if (!attachmentsCome && problems.length === 0 && hasAttachments(value as Statement)) {
        const own = text.slice(span.start, span.end);
        problems.push(...(await checkAttachments(value as Statement, own, path, body)));
      }
      statements.push(
        problems.length > 0 ? { id: idOf(value), problems } : { statement: value as Statement, text, span },
      );
      if (turns.isOver) await turns.next();
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return malformed(text, error);
  }
  return { inList, statements };
}

function alone(text: string): [SurveyedSpan, unknown] {
  const value: unknown = JSON.parse(text);
  return [wholeOf(text), value];
}

function* valuesOf(text: string): Generator<[SurveyedSpan, unknown]> {
  for (const span of eachElement(text)) yield [span, JSON.parse(text.slice(span.start, span.end))];
}

/** What JSON.parse says of the whole tells the right place. */
function malformed(text: string, { message }: SyntaxError): ValidationFailed {
  let reason = message;
  try {
    JSON.parse(text);
  } catch (error) {
    reason = (error as Error).message;
  }
  return new ValidationFailed([{ code: 'MALFORMED_JSON', message: `The body is not JSON: ${reason}`, path: [] }]);
}

function* problemsOf(
  { text, version }: StatementsBody,
  span: SurveyedSpan,
  value: unknown,
  path: readonly string[],
): Generator<Problem> {
  if (span.depth > MAXIMUM_DEPTH) {
    const place = [...path, ...deepPart(text, span, MAXIMUM_DEPTH)];
    const message = `A statement may nest ${MAXIMUM_DEPTH} levels deep; ${place.join('.')} makes it ${span.depth}.`;
    yield { code: 'TOO_DEEP', message, path: place };
    return;
  }
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
function* usedTwice(ids: Set<string>, value: unknown, path: readonly string[]): Generator<Problem> {
  const id = idOf(value);
  if (id === undefined) return;
  const message = `The batch has the statement id ${id} twice (Comm 2.1.2).`;
  if (ids.has(id.toLowerCase())) yield { code: 'DUPLICATE', message, path: [...path, 'id'] };
  ids.add(id.toLowerCase());
}

function idOf(value: unknown): string | undefined {
  const id = (value as Partial<Statement> | null)?.id;
  return typeof id === 'string' ? id : undefined;
}
