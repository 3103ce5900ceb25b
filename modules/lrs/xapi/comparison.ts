/** Whether two statements with the same id are the same statement (Data 2.3.1). */
import { isDeepStrictEqual } from 'node:util';
import { withLowerCaseDomain } from './identity.js';
import {
  CONTEXT_ACTIVITY_KINDS,
  contextActivitiesOf,
  isActivity,
  isActor,
  isStatementRef,
  isSubStatement,
} from './statement.js';
import type { Actor, Context, Result, Statement, StatementBody, StatementObject, StatementRef } from './statement.js';
import { durationToHundredths, parseTimestamp } from './time.js';
import type { XapiVersion } from './version.js';

/**
 * Compares what a statement asserts. What an LRS may add or change is left out: id, authority, stored, timestamp, version,
 * attachments, the display of verbs, the definitions of activities; and so are the order of properties and of the members
 * of a Group, and upper and lower case where it means nothing.
 *
 * @param version in 1.0.3 durations are compared as they are written (Data 2.3.1), in 2.0 to 0.01 s (9274.1.1 4.2.7)
 */
export function isSameStatement(one: Statement, other: Statement, version: XapiVersion): boolean {
  return isDeepStrictEqual(assertionOf(one, version), assertionOf(other, version));
}

function assertionOf(
  { actor, verb, object, result, context }: StatementBody<StatementObject>,
  version: XapiVersion,
): unknown {
  return {
    actor: actorOf(actor),
    verb: verb.id,
    object: objectOf(object, version),
    result: version === '1.0.3' ? result : withoutFinePrecision(result),
    context: contextOf(context),
  };
}

const withoutFinePrecision = (result: Result | undefined) =>
  result?.duration === undefined ? result : { ...result, duration: durationToHundredths(result.duration) };

function objectOf(object: StatementObject, version: XapiVersion): unknown {
  if (isActivity(object)) return { activity: object.id };
  if (isActor(object)) return { actor: actorOf(object) };
  if (isStatementRef(object)) return referenceOf(object);
  if (isSubStatement(object))
    return { sub: assertionOf(object, version), at: object.timestamp && parseTimestamp(object.timestamp) };
  return object;
}

const referenceOf = ({ id }: StatementRef) => ({ statement: id.toLowerCase() });

function actorOf({ objectType = 'Agent', mbox, mbox_sha1sum, member, ...rest }: Actor): unknown {
  return {
    ...rest,
    objectType,
    mbox: mbox && withLowerCaseDomain(mbox),
    mbox_sha1sum: mbox_sha1sum?.toLowerCase(),
    members: member?.map(actorOf).map(sortable).sort(),
  };
}

/** The same text for the same member, whatever the order of its properties. */
function sortable(member: unknown): string {
  return JSON.stringify(member, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

function contextOf(context: Context | undefined): unknown {
  if (!context) return undefined;
  const { registration, instructor, team, statement, language, contextAgents, contextGroups, ...rest } = context;
  return {
    ...rest,
    registration: registration?.toLowerCase(),
    language: language?.toLowerCase(),
    instructor: instructor && actorOf(instructor),
    team: team && actorOf(team),
    contextAgents: contextAgents?.map((one) => ({ ...one, agent: actorOf(one.agent) })),
    contextGroups: contextGroups?.map((one) => ({ ...one, group: actorOf(one.group) })),
    statement: statement && referenceOf(statement),
    contextActivities: CONTEXT_ACTIVITY_KINDS.map((kind) => contextActivitiesOf(context, kind).map(({ id }) => id)),
  };
}
