/** By what a statement is found (Comm 2.1.3): its agents and activities, each as a key of constant size. */
import { hash } from 'node:crypto';
import { identifierOfAuthority, identifiersOf } from './identity.js';
import { CONTEXT_ACTIVITY_KINDS, contextActivitiesOf, isActivity, isActor, isSubStatement } from './statement.js';
import type { Activity, Actor, Context, Statement, StatementBody, StatementObject } from './statement.js';

export type TermKind = 'agent' | 'activity' | 'verb' | 'authority';

/** Keys made lately: statements that come together name the same verbs, activities and agents. */
const known: Readonly<Record<TermKind, Map<string, string>>> = {
  agent: new Map(),
  activity: new Map(),
  verb: new Map(),
  authority: new Map(),
};
const MOST_KNOWN = 5_000;
const LONGEST_KNOWN = 500;

/** 128 bits of a SHA-256, in hexadecimal: identifiers have no greatest length, keys of an index do. */
export function termKey(kind: TermKind, value: string): string {
  const ofKind = known[kind];
  const found = ofKind.get(value);
  if (found !== undefined) return found;
  const key = hash('sha256', `${kind} ${value}`, 'hex').slice(0, 32);
  if (ofKind.size >= MOST_KNOWN) ofKind.clear();
  if (value.length <= LONGEST_KNOWN) ofKind.set(value, key);
  return key;
}

/**
 * The keys of a statement's agents and activities, and of its authority. The value tells where: true in the places that the
 * filters `agent` and `activity` look at (actor and object; object), false in those that only `related_agents` and
 * `related_activities` add.
 *
 * @param authority who asserts the statement; the LRS decides that, whatever the statement says
 */
export function termsOf(statement: Statement, authority: Actor): ReadonlyMap<string, boolean> {
  const terms = new Map<string, boolean>();
  const add = (key: string, narrow: boolean) => terms.set(key, narrow || terms.get(key) === true);
  const addActor = (actor: Actor | undefined, narrow: boolean) => {
    if (!actor) return;
    for (const identifier of identifiersOf(actor)) add(termKey('agent', identifier), narrow);
  };
  const addActivity = ({ id }: Activity, narrow: boolean) => add(termKey('activity', id), narrow);
  const addBody = ({ actor, object, context }: StatementBody<StatementObject>, narrow: boolean) => {
    addActor(actor, narrow);
    if (isActivity(object)) addActivity(object, narrow);
    if (isActor(object)) addActor(object, narrow);
    addActor(context?.instructor, false);
    addActor(context?.team, false);
    for (const { agent } of context?.contextAgents ?? []) addActor(agent, false);
    for (const { group } of context?.contextGroups ?? []) addActor(group, false);
    for (const activity of activitiesIn(context)) addActivity(activity, false);
  };
  addBody(statement, true);
  if (isSubStatement(statement.object)) addBody(statement.object, false);
  for (const [key, narrow] of termsOfAuthority(authority)) add(key, narrow);
  return terms;
}

/** Those who assert statements are few, and assert many. */
const knownAuthorities = new WeakMap<Actor, readonly (readonly [key: string, narrow: boolean])[]>();

function termsOfAuthority(authority: Actor): readonly (readonly [key: string, narrow: boolean])[] {
  const known = knownAuthorities.get(authority);
  if (known) return known;
  const agents = [...identifiersOf(authority)].map((identifier) => [termKey('agent', identifier), false] as const);
  const terms = [...agents, [authorityKey(authority), true] as const];
  knownAuthorities.set(authority, terms);
  return terms;
}

/** The key of what an authority has asserted, whatever other places it is named in (scope `statements/read/mine`). */
export const authorityKey = (authority: Actor): string => termKey('authority', identifierOfAuthority(authority));

function activitiesIn(context: Context | undefined): Activity[] {
  return CONTEXT_ACTIVITY_KINDS.flatMap((kind) => contextActivitiesOf(context, kind));
}
