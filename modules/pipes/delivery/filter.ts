/** Which statements go through a pipe. */
import {
  contextActivitiesOf,
  CONTEXT_ACTIVITY_KINDS,
  identifierOf,
  isActivity,
  isSubStatement,
  parseCourseActivity,
  termKey,
  termsOf,
} from '../../lrs/index.js';
import type { Activity, Statement, StatementBody, StatementObject } from '../../lrs/index.js';
import type { ActivityPattern, AgentPattern, PipeFilter } from '../pipe.js';

/** Whether a statement, stored at that time (milliseconds since 1970), passes. */
export type Passes = (statement: Statement, storedAt: number) => boolean;

type Condition = (seen: Seen) => boolean;

/** What conditions look at; made once a statement, and only when one of them asks. */
class Seen {
  private relatedActivities: readonly Activity[] | undefined;
  private terms: ReadonlyMap<string, boolean> | undefined;

  constructor(
    readonly statement: Statement,
    readonly storedAt: number,
  ) {}

  get object(): Activity | undefined {
    const { object } = this.statement;
    return isActivity(object) ? object : undefined;
  }

  get activities(): readonly Activity[] {
    return (this.relatedActivities ??= activitiesIn(this.statement));
  }

  /** Keys of agents; whether the filter `agent` of xAPI finds them, or only `related_agents`. */
  get agents(): ReadonlyMap<string, boolean> {
    return (this.terms ??= termsOf(this.statement, this.statement.authority ?? {}));
  }
}

/** Compiles a filter. */
export function passesThrough({
  verbs,
  activities,
  activityTypes,
  agents,
  registrations,
  courses,
  since,
}: PipeFilter): Passes {
  const conditions = [
    since === undefined ? undefined : storedAfter(Date.parse(since)),
    verbs && isOneOf(verbs, ({ statement }) => statement.verb.id),
    registrations && isOneOf(registrations, ({ statement }) => statement.context?.registration?.toLowerCase()),
    activityTypes && isOneOf(activityTypes, ({ object }) => object?.definition?.type),
    courses && isOneOf(courses, ({ object }) => object && parseCourseActivity(object.id)?.courseId),
    activities && any(activities.map(activityIs)),
    agents && any(agents.map(agentIs)),
  ].filter((condition) => condition !== undefined);
  return (statement, storedAt) => {
    const seen = new Seen(statement, storedAt);
    return conditions.every((holds) => holds(seen));
  };
}

const storedAfter =
  (time: number): Condition =>
  ({ storedAt }) =>
    storedAt > time;

const any =
  (conditions: readonly Condition[]): Condition =>
  (seen) =>
    conditions.some((holds) => holds(seen));

function isOneOf(accepted: readonly string[], valueOf: (seen: Seen) => string | undefined): Condition {
  const set = new Set(accepted);
  return (seen) => {
    const value = valueOf(seen);
    return value !== undefined && set.has(value);
  };
}

function activityIs({ id, prefix, related }: ActivityPattern): Condition {
  const matches = prefix
    ? (activity: Activity) => activity.id.startsWith(id)
    : (activity: Activity) => activity.id === id;
  return related
    ? ({ activities }) => activities.some(matches)
    : ({ object }) => object !== undefined && matches(object);
}

function agentIs({ agent, related }: AgentPattern): Condition {
  const key = termKey('agent', identifierOf(agent) ?? '');
  return ({ agents }) => (related ? agents.has(key) : agents.get(key) === true);
}

/** Those of the object and the context, also within a SubStatement. */
function activitiesIn(statement: Statement): Activity[] {
  const of = ({ object, context }: StatementBody<StatementObject>): Activity[] => [
    ...(isActivity(object) ? [object] : []),
    ...CONTEXT_ACTIVITY_KINDS.flatMap((kind) => contextActivitiesOf(context, kind)),
  ];
  return [...of(statement), ...(isSubStatement(statement.object) ? of(statement.object) : [])];
}
