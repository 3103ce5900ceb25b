import { keyOfAgent, termKey } from '../../lrs/index.js';
import { agentOf, referenceOf } from '../../persons/index.js';
import { ownKey } from '../term-key.js';
import type { StatementFilter as Filter } from '../statements/statement-filter.js';
import type { StatementFilter } from './filter.graphql.js';

/** The filter of the domain: null is nothing, and terms are named by their keys. */
export function filterOf(input: StatementFilter | null | undefined): Filter {
  const { agents, persons, verbs, activities, activityTypes, parents, groupings, categories, registrations, ...rest } =
    withoutNulls(input ?? {});
  const { timestamp, scaled, raw, seconds, ...plain } = rest;
  return {
    ...plain,
    agents: agents?.map((agent) => keyOfAgent(agentOf(agent))),
    persons: persons?.map(referenceOf),
    verbs: verbs?.map((id) => termKey('verb', id)),
    activities: activities?.map(activityKey),
    activityTypes: activityTypes?.map((id) => ownKey('type', id)),
    parents: parents?.map(activityKey),
    groupings: groupings?.map(activityKey),
    categories: categories?.map(activityKey),
    registrations: registrations?.map((id) => ownKey('registration', id.toLowerCase())),
    timestamp: rangeOf(timestamp),
    scaled: rangeOf(scaled),
    raw: rangeOf(raw),
    seconds: rangeOf(seconds),
  };
}

/** A filter as text, to be kept; {@link filterOfText} reads it. */
export const filterText = (input: StatementFilter): string => JSON.stringify(withoutNulls(input));

/** The filter of the domain from the text of one. */
export function filterOfText(text: string | undefined): Filter {
  const times = ['since', 'until', 'from', 'to'];
  const revive = (name: string, value: unknown) => (times.includes(name) ? new Date(value as string) : value);
  return filterOf(text === undefined ? undefined : (JSON.parse(text, revive) as StatementFilter));
}

type WithoutNulls<T> = { [Name in keyof T]: Exclude<T[Name], null> };

const withoutNulls = <T extends object>(input: T): WithoutNulls<T> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as WithoutNulls<T>;

const rangeOf = <T extends object>(range: T | undefined): WithoutNulls<T> | undefined => range && withoutNulls(range);

const activityKey = (id: string): string => termKey('activity', id);
