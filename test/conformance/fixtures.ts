/** Parts of statements for the tests of requirements. */
import { randomUUID } from 'node:crypto';
import { minimalStatement } from '../support/statements.js';
import type { Json } from '../support/statements.js';

export const MAN = { mbox: 'mailto:man@example.com' };
export const AGENT = { objectType: 'Agent', name: 'Woman', mbox: 'mailto:woman@example.com' };
export const TEAM = { objectType: 'Group', member: [MAN] };
export const ACTIVITY = { objectType: 'Activity', id: 'http://example.com/activities/course' };
export const VERB = { id: 'http://example.com/verbs/did' };
export const UUID = '5a1d4b6e-54a3-4e0f-a0a9-95a5a4e5d4a1';
export const VOIDED = { id: 'http://adlnet.gov/expapi/verbs/voided' };
export const REFERENCE = { objectType: 'StatementRef', id: UUID };
export const ATTACHMENT = {
  usageType: 'http://example.com/usage/certificate',
  display: { en: 'Certificate' },
  contentType: 'text/plain',
  length: 3,
  sha2: 'ab'.repeat(32),
  fileUrl: 'https://example.com/certificate.txt',
};

/** Not of the type that is wanted, whatever that is but a number. */
export const NO_TEXT: readonly unknown[] = [5, true, {}, [], null];
export const NO_OBJECT: readonly unknown[] = ['text', 5, true, [], null];
export const NO_LIST: readonly unknown[] = ['text', 5, true, {}, null];
export const NO_BOOLEAN: readonly unknown[] = ['true', 1, 0, {}, [], null];
export const NO_NUMBER: readonly unknown[] = ['1', true, {}, [], null];
export const NO_IRI: readonly unknown[] = ['', 'no iri', 'example.com/x', '/path', 'www.example.com', ...NO_TEXT];
export const NO_UUID: readonly unknown[] = [
  '',
  'x',
  UUID.slice(1),
  `${UUID}0`,
  UUID.replaceAll('-', ''),
  `{${UUID}}`,
  ...NO_TEXT,
];
export const NO_LANGUAGE_MAP: readonly unknown[] = [...NO_OBJECT, { en: 5 }, { en: null }, { 'not a tag': 'x' }];

export const st = (more: Json = {}): Json => minimalStatement(more);
export const withActor = (actor: unknown) => st({ actor });
export const withVerb = (verb: unknown) => st({ verb });
export const withObject = (object: unknown) => st({ object });
export const withDefinition = (definition: unknown) => withObject({ ...ACTIVITY, definition });
export const withResult = (result: unknown) => st({ result });
export const withContext = (context: unknown) => st({ context });
export const withAttachment = (more: Json) => st({ attachments: [{ ...ATTACHMENT, ...more }] });
export const sub = (more: Json = {}) => ({ objectType: 'SubStatement', ...st(more) });
export const withSub = (more: Json = {}) => withObject(sub(more));

/** The statement, and one that has it in its SubStatement. */
export const alsoInSub = (statements: readonly Json[]): Json[] => [
  ...statements,
  ...statements.map((statement) => withObject({ objectType: 'SubStatement', ...statement })),
];

export const without = (value: Json, ...keys: string[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

export const voiding = (id: string) => st({ verb: VOIDED, object: { objectType: 'StatementRef', id } });

/** A statement that no other test finds, and its registration. */
export const registered = (more: Json = {}) => {
  const registration = randomUUID();
  return { registration, statement: st({ context: { registration }, ...more }) };
};
