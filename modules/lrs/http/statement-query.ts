import type { StatementSearch } from '../statements/statement-search.store.js';
import { isPosition } from '../statements/stored-statement.js';
import { identifierOf } from '../xapi/identity.js';
import { termKey } from '../xapi/terms.js';
import { BadRequest } from './error-answer.js';
import type { Parameters } from './parameters.js';

/** Most statements of one page; `limit=0` asks for as many (Comm 2.1.3). */
const MAXIMUM_STATEMENTS = 500;

const FORMATS = ['exact', 'ids', 'canonical'] as const;
export type Format = (typeof FORMATS)[number];

const WITH_ID = ['statementId', 'voidedStatementId'];
const ALLOWED_WITH_ID = [...WITH_ID, 'format', 'attachments'];

/** Parameters of GET /statements. `cursor` is ours: it is how `more` goes on. */
export const GET_PARAMETERS = [
  ...ALLOWED_WITH_ID,
  'agent',
  'verb',
  'activity',
  'registration',
  'related_activities',
  'related_agents',
  'since',
  'until',
  'limit',
  'ascending',
  'cursor',
];

export interface Presentation {
  readonly format: Format;
  readonly attachments: boolean;
}

export const presentationOf = (parameters: Parameters): Presentation => ({
  format: parameters.oneOf('format', FORMATS) ?? 'exact',
  attachments: parameters.boolean('attachments') ?? false,
});

/** The one statement that is asked for; undefined when a list is. */
export function singleOf(parameters: Parameters): { id: string; voided: boolean } | undefined {
  const given = WITH_ID.filter((name) => parameters.text(name) !== undefined);
  if (given.length === 0) return undefined;
  const other = given.length > 1 ? given[1] : parameters.names.find((name) => !ALLOWED_WITH_ID.includes(name));
  if (other !== undefined)
    throw new BadRequest('BAD_PARAMETER', `${other} cannot be used with ${given[0]} (Comm 2.1.3).`, [other]);
  const id = parameters.uuid('statementId');
  return id === undefined ? { id: parameters.uuid('voidedStatementId')!, voided: true } : { id, voided: false };
}

/** What a list is made of. */
export function searchOf(parameters: Parameters): StatementSearch {
  const agent = agentKeyOf(parameters);
  const inRelatedAgents = parameters.boolean('related_agents') ?? false;
  const verb = parameters.iri('verb');
  const activity = parameters.iri('activity');
  const inRelatedActivities = parameters.boolean('related_activities') ?? false;
  const limit = parameters.wholeNumber('limit') ?? 0;
  return definedOnly({
    agent: agent === undefined ? undefined : { key: agent, related: inRelatedAgents },
    verbKey: verb === undefined ? undefined : termKey('verb', verb),
    activity: activity === undefined ? undefined : { key: termKey('activity', activity), related: inRelatedActivities },
    registration: parameters.uuid('registration'),
    since: parameters.timestamp('since'),
    until: parameters.timestamp('until'),
    after: cursorOf(parameters),
    ascending: parameters.boolean('ascending') ?? false,
    limit: limit === 0 ? MAXIMUM_STATEMENTS : Math.min(limit, MAXIMUM_STATEMENTS),
  });
}

/** The query of the next page: the same, from where this one ended. */
export function queryOfNextPage(parameters: Parameters, lastPosition: string): string {
  const entries = parameters.names.map((name): [string, string] => [name, parameters.text(name)!]);
  return new URLSearchParams([...entries.filter(([name]) => name !== 'cursor'), ['cursor', lastPosition]]).toString();
}

function agentKeyOf(parameters: Parameters): string | undefined {
  const agent = parameters.actor('agent');
  if (agent === undefined) return undefined;
  const identifier = identifierOf(agent);
  if (identifier !== undefined) return termKey('agent', identifier);
  throw new BadRequest(
    'BAD_PARAMETER',
    'agent must have an identifier: no two anonymous Groups are the same (Data 2.4.2.2).',
    ['agent'],
  );
}

function cursorOf(parameters: Parameters): string | undefined {
  const cursor = parameters.text('cursor');
  if (cursor === undefined || isPosition(cursor)) return cursor;
  throw new BadRequest('BAD_PARAMETER', 'cursor comes from the "more" of an earlier answer.', ['cursor']);
}

type DefinedOnly<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

const definedOnly = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as DefinedOnly<T>;
