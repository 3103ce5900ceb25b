/** Statements as a whole (Data 2.4), with what belongs to no other part: context, attachments, references. */
import { isMediaType, isSha2, isStatementVersion } from '../formats.js';
import { VOIDED } from '../statement.js';
import { activity } from './activity.js';
import { actor, agent, authority, group } from './actor.js';
import { Report } from './report.js';
import type { Rule, StatementProblem } from './report.js';
import { result } from './result.js';
import {
  expectObject,
  extensions,
  has,
  iri,
  isObject,
  languageMap,
  languageTag,
  listOf,
  number,
  object,
  oneOf,
  string,
  text,
  timestamp,
  uuid,
} from './rules.js';
import type { JsonObject, ObjectRule } from './rules.js';

const verb = object({ id: iri, display: languageMap }, ['id']);
const statementRef = object({ objectType: oneOf('StatementRef'), id: uuid }, ['objectType', 'id']);

/** A list of activities, or one alone as versions before 1.0 had it (Data 2.4.6.2). */
const contextActivities: Rule = (value, report) => {
  (Array.isArray(value) ? listOf(activity) : activity)(value, report);
};

const context = object({
  registration: uuid,
  instructor: actor,
  team: group,
  contextActivities: object({
    parent: contextActivities,
    grouping: contextActivities,
    category: contextActivities,
    other: contextActivities,
  }),
  revision: text,
  platform: text,
  language: languageTag,
  statement: statementRef,
  extensions,
});

const attachment = object(
  {
    usageType: iri,
    display: languageMap,
    description: languageMap,
    contentType: string(isMediaType, 'a media type (Data 2.4.11)'),
    length: (value, report) => {
      number(value, report);
      if (typeof value === 'number' && !(Number.isInteger(value) && value >= 0)) {
        report.add('OUT_OF_RANGE', 'must be a whole number of octets (Data 2.4.11)');
      }
    },
    sha2: string(isSha2, 'a SHA-2 in hexadecimal (Data 2.4.11)'),
    fileUrl: iri,
  },
  ['usageType', 'display', 'contentType', 'length', 'sha2'],
);

/** Properties of a statement and of a SubStatement alike. */
const body = { actor, verb, result, context, timestamp, attachments: listOf(attachment) };
const REQUIRED = ['actor', 'verb', 'object'];

const subStatement = object(
  { ...body, objectType: oneOf('SubStatement'), object: objectAmong({ activity, agent, group, statementRef }) },
  ['objectType', ...REQUIRED],
  partsFitTogether,
);

const statement = object(
  {
    ...body,
    object: objectAmong({ activity, agent, group, statementRef, subStatement }),
    id: uuid,
    stored: timestamp,
    authority,
    version: string(isStatementVersion, 'a version that starts with 1.0. (Data 2.4.10)'),
  },
  REQUIRED,
  partsFitTogether,
);

/** Every rule of xAPI 1.0.3 that the value breaks as a statement; none when it is valid. */
export function validateStatement(value: unknown): readonly StatementProblem[] {
  const report = new Report();
  statement(value, report);
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
