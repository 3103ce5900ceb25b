/** Statements as a whole (Data 2.4; 9274.1.1 4.2.2). */
import { statementVersions } from '../formats.js';
import { VOIDED } from '../statement.js';
import type { XapiVersion } from '../version.js';
import { activity } from './activity.js';
import { actor, agent, authority, group } from './actor.js';
import { attachment } from './attachment.js';
import { contexts } from './context.js';
import { statementRef } from './reference.js';
import { Report } from './report.js';
import type { Rule, StatementProblem } from './report.js';
import { result } from './result.js';
import {
  expectObject,
  has,
  iri,
  isObject,
  languageMap,
  listOf,
  object,
  oneOf,
  string,
  timestamp,
  uuid,
} from './rules.js';
import type { JsonObject, ObjectRule } from './rules.js';

const verb = object({ id: iri, display: languageMap }, ['id']);
const REQUIRED = ['actor', 'verb', 'object'];

/** The rules of one version. They differ in what a context may have, and in the versions that a statement may name. */
function statementOf(version: XapiVersion): Rule {
  const body = { actor, verb, result, context: contexts[version], timestamp, attachments: listOf(attachment) };
  const subStatement = object(
    { ...body, objectType: oneOf('SubStatement'), object: objectAmong({ activity, agent, group, statementRef }) },
    ['objectType', ...REQUIRED],
    partsFitTogether,
  );
  const { accepts, expected } = statementVersions[version];
  return object(
    {
      ...body,
      object: objectAmong({ activity, agent, group, statementRef, subStatement }),
      id: uuid,
      stored: timestamp,
      authority,
      version: string(accepts, expected),
    },
    REQUIRED,
    partsFitTogether,
  );
}

const statements: Readonly<Record<XapiVersion, Rule>> = {
  '1.0.3': statementOf('1.0.3'),
  '2.0.0': statementOf('2.0.0'),
};

/**
 * Every rule that the value breaks as a statement; none when it is valid.
 *
 * @param version by whose rules; that of the request which brings the statement
 */
export function validateStatement(value: unknown, version: XapiVersion): readonly StatementProblem[] {
  const report = new Report();
  statements[version](value, report);
  return report.problems;
}

/** Every rule that the value breaks as an Agent or a Group, for example one that a filter asks for. */
export function validateActor(value: unknown): readonly StatementProblem[] {
  const report = new Report();
  actor(value, report);
  return report.problems;
}

/** What the object of a statement is, is told by its objectType; an activity need not tell (Data 2.4.4). */
function objectAmong(kinds: {
  activity: Rule;
  agent: Rule;
  group: Rule;
  statementRef: Rule;
  subStatement?: Rule;
}): Rule {
  const rules = new Map<unknown, Rule>([
    [undefined, kinds.activity],
    ['Activity', kinds.activity],
    ['Agent', kinds.agent],
    ['Group', kinds.group],
    ['StatementRef', kinds.statementRef],
  ]);
  if (kinds.subStatement) rules.set('SubStatement', kinds.subStatement);
  return (value, report) => {
    if (!expectObject(value, report)) return;
    const rule = rules.get(value['objectType']);
    if (rule) rule(value, report);
    else
      report.add(
        'NOT_ALLOWED',
        `must be one of ${[...rules.keys()].slice(1).join(', ')} here (Data 2.4.4)`,
        'objectType',
      );
  };
}

function partsFitTogether(...parts: Parameters<ObjectRule>): void {
  contextFitsObject(...parts);
  voidingTargetsStatement(...parts);
}

/** Data 2.4.6: revision and platform only with an activity. */
const contextFitsObject: ObjectRule = (value, report) => {
  const kind = objectTypeOf(value);
  const { context: given } = value;
  if (kind === undefined || kind === 'Activity' || !isObject(given)) return;
  for (const key of ['revision', 'platform']) {
    if (has(given, key))
      report.add('NOT_ALLOWED', 'is only for statements about an activity (Data 2.4.6)', 'context', key);
  }
};

/** Data 2.3.2. */
const voidingTargetsStatement: ObjectRule = (value, report) => {
  const { verb: given } = value;
  if (!isObject(given) || given['id'] !== VOIDED || objectTypeOf(value) === 'StatementRef') return;
  report.add('NOT_ALLOWED', 'what is voided is a StatementRef (Data 2.3.2)', 'object', 'objectType');
};

function objectTypeOf(value: JsonObject): unknown {
  return isObject(value['object']) ? value['object']['objectType'] : undefined;
}
