/** What a merge and a split come to: pure rules. */
import type { Problem } from '../../src/platform/errors.js';
import { isPseudonym, keyOfAgent } from '../lrs/index.js';
import type { Actor } from '../lrs/index.js';
import { identitiesOf } from './person.js';
import type { Person, PersonIdentity } from './person.js';

/** A filter by person names all of its identities. */
export const MOST_IDENTITIES = 200;

/** What a merge makes of the persons that it touches. */
export interface Merge {
  /** The one that the others are merged into: the oldest; undefined when there is none yet. */
  readonly into: Person | undefined;
  readonly others: readonly Person[];
  /** What the person gets: from the others, and new ones. */
  readonly added: readonly PersonIdentity[];
}

/**
 * @param persons that are named, or have one of the identities, the oldest first
 * @param agents that are named
 */
export function mergeOf(persons: readonly Person[], agents: readonly Actor[]): Merge {
  const [into, ...others] = persons;
  const has = new Map(into?.identities.map((identity) => [identity.key, identity]));
  const named = agents.flatMap(identitiesOf);
  const wanted = new Map<string, PersonIdentity>();
  for (const identity of [...others.flatMap(({ identities }) => identities), ...named]) {
    const implied = identity.implied && wanted.get(identity.key)?.implied !== false;
    const known = has.get(identity.key);
    if (!known || (known.implied && !implied)) wanted.set(identity.key, { ...identity, implied });
  }
  return { into, others, added: [...wanted.values()] };
}

export function* problemsOfMerge(agents: readonly Actor[], persons: readonly string[]): Generator<Problem> {
  if (agents.length + persons.length < 2) {
    yield {
      code: 'TOO_FEW',
      message: 'There is nothing to merge: give two identities or persons, or more.',
      path: ['identities'],
    };
  }
  for (const [index, agent] of agents.entries()) {
    if (!isPseudonym(agent)) continue;
    const message = 'It stands for somebody who was erased: nobody may say who that was.';
    yield { code: 'ERASED', message, path: ['identities', String(index)] };
  }
}

/** What leaves a person with identities: an mbox takes its SHA-1 along. */
export function splitOf(
  { identities }: Person,
  agents: readonly Actor[],
): { readonly leaving: readonly PersonIdentity[] } | { readonly problems: readonly Problem[] } {
  const leavingKeys = new Set(agents.flatMap(identitiesOf).map(({ key }) => key));
  const leaving = identities.filter(({ key }) => leavingKeys.has(key));
  const staying = identities.filter(({ key }) => !leavingKeys.has(key));
  const problems = [
    ...agents.flatMap((agent, index) => problemsOfLeaving(agent, index, identities, staying)),
    ...(staying.some(({ implied }) => !implied) ? [] : [nothingStays()]),
  ];
  return problems.length > 0 ? { problems } : { leaving };
}

function problemsOfLeaving(
  agent: Actor,
  index: number,
  identities: readonly PersonIdentity[],
  staying: readonly PersonIdentity[],
): Problem[] {
  const key = keyOfAgent(agent);
  const path = ['identities', String(index)];
  if (!identities.some((identity) => identity.key === key)) {
    return [{ code: 'NOT_OF_THE_PERSON', message: 'The person does not have this identity.', path }];
  }
  const mbox = staying.find(
    ({ actor }) => actor.mbox !== undefined && identitiesOf(actor).some((one) => one.key === key),
  );
  if (!mbox) return [];
  const message = 'It is the SHA-1 of an mbox of the person, and so the same as that: split the mbox off with it.';
  return [{ code: 'IMPLIED', message, path }];
}

const nothingStays = (): Problem => ({
  code: 'NOTHING_LEFT',
  message: 'The person would have no identity any more: leave at least one.',
  path: ['identities'],
});
