/** What questions about statements must answer, worked out from the statements themselves, as plainly as possible. */
import { parseDuration } from '../../modules/lrs/index.js';
import type { Json } from './statements.js';

export type Filter = Record<string, unknown>;

const part = (value: unknown, ...names: string[]): unknown =>
  names.reduce<unknown>((inner, name) => (inner as Json | undefined)?.[name], value);

const idsOf = (activities: unknown): string[] => ((activities ?? []) as Json[]).map(({ id }) => id as string);

const isActivity = (object: Json): boolean => (object['objectType'] ?? 'Activity') === 'Activity';

export const activityOf = ({ object }: Json): string | undefined =>
  isActivity(object as Json) ? ((object as Json)['id'] as string) : undefined;

export const inContext = (statement: Json, kind: string): string[] =>
  idsOf(part(statement, 'context', 'contextActivities', kind));

const peopleIn = (actor: unknown): string[] =>
  actor === undefined
    ? []
    : [part(actor, 'mbox'), ...((part(actor, 'member') ?? []) as Json[]).map(({ mbox }) => mbox)].flatMap(
        (mbox) => (mbox as string | undefined) ?? [],
      );

function people(statement: Json, related: boolean): string[] {
  const object = statement['object'] as Json;
  const own = [...peopleIn(statement['actor']), ...(isActivity(object) ? [] : peopleIn(object))];
  if (!related) return own;
  const inner = object['objectType'] === 'SubStatement' ? people(object, true) : [];
  return [...own, ...peopleIn(part(statement, 'context', 'instructor')), ...inner];
}

function activities(statement: Json, related: boolean): string[] {
  const own = activityOf(statement);
  if (!related) return own === undefined ? [] : [own];
  const object = statement['object'] as Json;
  const inner = object['objectType'] === 'SubStatement' ? activities(object, true) : [];
  const kinds = ['parent', 'grouping', 'category', 'other'].flatMap((kind) => inContext(statement, kind));
  return [...(own === undefined ? [] : [own]), ...kinds, ...inner];
}

export const scaledOf = (statement: Json) => part(statement, 'result', 'score', 'scaled') as number | undefined;
export const flagOf = (statement: Json, name: 'success' | 'completion') =>
  part(statement, 'result', name) as boolean | undefined;
export function secondsOf(statement: Json): number | undefined {
  const duration = part(statement, 'result', 'duration') as string | undefined;
  return duration === undefined ? undefined : parseDuration(duration);
}
export const typeOf = ({ object }: Json) =>
  isActivity(object as Json) ? (part(object, 'definition', 'type') as string | undefined) : undefined;

const between = (value: number | undefined, range: unknown): boolean => {
  const { min = -Infinity, max = Infinity } = range as { min?: number; max?: number };
  if (min === -Infinity && max === Infinity) return true;
  return value !== undefined && value >= min && value <= max;
};

const anyOf = (found: readonly (string | undefined)[], wanted: unknown): boolean =>
  (wanted as string[]).some((one) => found.includes(one));

/** Whether the statement fits; of the filter's agents only the mbox is looked at. */
export function fits(statement: Json, filter: Filter): boolean {
  const rules: Record<string, (wanted: unknown) => boolean> = {
    agents: (wanted) =>
      anyOf(
        people(statement, filter['relatedAgents'] === true),
        (wanted as Json[]).map(({ mbox }) => mbox),
      ),
    verbs: (wanted) => anyOf([part(statement, 'verb', 'id') as string], wanted),
    activities: (wanted) => anyOf(activities(statement, filter['relatedActivities'] === true), wanted),
    activityTypes: (wanted) => anyOf([typeOf(statement)], wanted),
    parents: (wanted) => anyOf(inContext(statement, 'parent'), wanted),
    groupings: (wanted) => anyOf(inContext(statement, 'grouping'), wanted),
    categories: (wanted) => anyOf(inContext(statement, 'category'), wanted),
    registrations: (wanted) => anyOf([part(statement, 'context', 'registration') as string], wanted),
    timestamp: (wanted) => {
      const { from = '', to = '9' } = wanted as { from?: string; to?: string };
      const at = statement['timestamp'] as string;
      return at >= from && at < to;
    },
    scaled: (wanted) => between(scaledOf(statement), wanted),
    raw: (wanted) => between(part(statement, 'result', 'score', 'raw') as number | undefined, wanted),
    seconds: (wanted) => between(secondsOf(statement), wanted),
    success: (wanted) => flagOf(statement, 'success') === wanted,
    completion: (wanted) => flagOf(statement, 'completion') === wanted,
  };
  return Object.entries(filter).every(([name, wanted]) => rules[name]?.(wanted) ?? true);
}
