/**
 * What a query of statements finds, told as plainly as xAPI tells it, over a list in memory (1.0.3 Comm 2.1.3; IEEE
 * 9274.1.1 4.1.6.1). It shares no line with the service.
 */
import { idOf } from '../support/statements.js';
import type { Json } from '../support/statements.js';

/** Parameters of GET /statements as text. */
export type Query = Readonly<Record<string, string>>;

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

export class ReferenceLrs {
  private readonly byId: ReadonlyMap<string, Json>;
  private readonly voided: ReadonlySet<string>;

  /** @param statements all of them, voided ones too, each with what the service has set on it */
  constructor(private readonly statements: readonly Json[]) {
    this.byId = new Map(statements.map((statement) => [idOf(statement), statement]));
    this.voided = new Set(
      statements
        .filter((statement) => verbOf(statement) === VOIDED)
        .map((statement) => idOf(part(statement, 'object'))),
    );
  }

  isVoided(statement: Json): boolean {
    return verbOf(statement) !== VOIDED && this.voided.has(idOf(statement));
  }

  /** Ids of what the query finds, on all pages, in no order. */
  find(query: Query): Set<string> {
    const found = this.statements.filter(
      (statement) => !this.isVoided(statement) && isInTime(statement, query) && this.matches(statement, query),
    );
    return new Set(found.map(idOf));
  }

  /** Itself, or one that it leads to ("Filter Conditions for StatementRefs"). */
  private matches(statement: Json, query: Query): boolean {
    const seen = new Set<Json>();
    for (let next: Json | undefined = statement; next && !seen.has(next); next = this.targetOf(next)) {
      if (matchesItself(next, query)) return true;
      seen.add(next);
    }
    return false;
  }

  private targetOf(statement: Json): Json | undefined {
    const object = part(statement, 'object');
    return object['objectType'] === 'StatementRef' ? this.byId.get(idOf(object)) : undefined;
  }
}

function isInTime(statement: Json, { since, until }: Query): boolean {
  const stored = Date.parse(statement['stored'] as string);
  return (since === undefined || stored > Date.parse(since)) && (until === undefined || stored <= Date.parse(until));
}

function matchesItself(statement: Json, query: Query): boolean {
  const { agent, activity, verb, registration } = query;
  if (verb !== undefined && verbOf(statement) !== verb) return false;
  if (registration !== undefined && part(statement, 'context')['registration'] !== registration) return false;
  if (agent !== undefined) {
    const wanted = identifierOf(JSON.parse(agent) as Json);
    if (!agentsOf(statement, query['related_agents'] === 'true').includes(wanted)) return false;
  }
  return activity === undefined || activitiesOf(statement, query['related_activities'] === 'true').includes(activity);
}

function agentsOf(statement: Json, related: boolean): (string | undefined)[] {
  const object = part(statement, 'object');
  const actors = [part(statement, 'actor'), ...(isActor(object) ? [object] : [])];
  if (related) actors.push(part(statement, 'authority'), ...inContext(part(statement, 'context')));
  const inside = related && object['objectType'] === 'SubStatement' ? agentsOf(object, true) : [];
  return [...actors.flatMap(withMembers), ...inside];
}

/** Instructor and team of both versions; contextAgents and contextGroups of 2.0. */
function inContext(context: Json): Json[] {
  const agents = (context['contextAgents'] ?? []) as Json[];
  const groups = (context['contextGroups'] ?? []) as Json[];
  return [
    part(context, 'instructor'),
    part(context, 'team'),
    ...agents.map((one) => part(one, 'agent')),
    ...groups.map((one) => part(one, 'group')),
  ];
}

function activitiesOf(statement: Json, related: boolean): unknown[] {
  const object = part(statement, 'object');
  const ids = isActivity(object) ? [object['id']] : [];
  if (!related) return ids;
  const context = Object.values(part(part(statement, 'context'), 'contextActivities')).flat() as Json[];
  const inside = object['objectType'] === 'SubStatement' ? activitiesOf(object, true) : [];
  return [...ids, ...context.map(({ id }) => id), ...inside];
}

const part = (value: Json, name: string): Json => (value[name] ?? {}) as Json;
const verbOf = (statement: Json): unknown => part(statement, 'verb')['id'];
const isActor = ({ objectType }: Json): boolean => objectType === 'Agent' || objectType === 'Group';
const isActivity = ({ objectType = 'Activity' }: Json): boolean => objectType === 'Activity';

function identifierOf({ mbox, mbox_sha1sum: sha1, openid, account }: Json): string | undefined {
  const { homePage, name } = (account ?? {}) as Json;
  return (mbox ?? sha1 ?? openid ?? (account && JSON.stringify([homePage, name]))) as string | undefined;
}

const withMembers = (actor: Json): (string | undefined)[] => [
  identifierOf(actor),
  ...((actor['member'] ?? []) as Json[]).map(identifierOf),
];
