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
import type { Actor, Context, Statement, StatementBody, StatementObject, StatementRef } from './statement.js';
import { parseTimestamp } from './time.js';

/**
 * Compares what a statement asserts. What an LRS may add or change is left out: id, authority, stored, timestamp, version,
 * attachments, the display of verbs, the definitions of activities; and so are the order of properties and of the members
 * of a Group. Durations are compared as they are written.
 */
export function isSameStatement(one: Statement, other: Statement): boolean {
  return isDeepStrictEqual(assertionOf(one), assertionOf(other));
}

function assertionOf({ actor, verb, object, result, context }: StatementBody<StatementObject>): unknown {
  return { actor: actorOf(actor), verb: verb.id, object: objectOf(object), result, context: contextOf(context) };
}

function objectOf(object: StatementObject): unknown {
  if (isActivity(object)) return { activity: object.id };
  if (isActor(object)) return { actor: actorOf(object) };
  if (isStatementRef(object)) return referenceOf(object);
  if (isSubStatement(object))
    return { sub: assertionOf(object), at: object.timestamp && parseTimestamp(object.timestamp) };
  return object;
}

const referenceOf = ({ id }: StatementRef) => ({ statement: id.toLowerCase() });

function actorOf({ objectType = 'Agent', mbox, member, ...rest }: Actor): unknown {
  return {
    ...rest,
    objectType,
    mbox: mbox && withLowerCaseDomain(mbox),
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
  const { registration, instructor, team, statement, ...rest } = context;
  return {
    ...rest,
    registration: registration?.toLowerCase(),
    instructor: instructor && actorOf(instructor),
    team: team && actorOf(team),
    statement: statement && referenceOf(statement),
    contextActivities: CONTEXT_ACTIVITY_KINDS.map((kind) => contextActivitiesOf(context, kind).map(({ id }) => id)),
  };
}
