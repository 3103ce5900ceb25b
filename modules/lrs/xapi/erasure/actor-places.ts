/** Every place in the text of a statement that names somebody: the same places as those of termsOf. */
import { elementsOf, membersOf } from '../json-text.js';
import type { Member, Span } from '../json-text.js';
import type { Actor } from '../statement.js';

/** An Agent or a Group in the text, and what it is. */
export interface ActorPlace {
  readonly span: Span;
  readonly actor: Actor;
}

/** A statement or a SubStatement: whom it names, its SubStatement not included, and its parts. */
export interface BodyPlace {
  readonly actor: ActorPlace;
  /** The actor, too, and members of Groups, which come after their Group. */
  readonly actors: readonly ActorPlace[];
  readonly members: ReadonlyMap<string, Member>;
}

/** The statement at the span, and the SubStatement that is its object. */
export function* bodiesIn(text: string, span: Span): Generator<BodyPlace> {
  const members = byName(text, span);
  const object = members.get('object')!.value;
  const { objectType = 'Activity' } = valueAt<{ objectType?: string }>(text, object);
  const actor = actorAt(text, members.get('actor')!.value);
  const places = [
    members.get('actor'),
    members.get('authority'),
    ...(objectType === 'Agent' || objectType === 'Group' ? [members.get('object')] : []),
    ...placesInContext(text, members.get('context')),
  ];
  const actors = places.flatMap((place) => (place ? [...withMembers(text, place.value)] : []));
  yield { actor, actors, members };
  if (objectType === 'SubStatement') yield* bodiesIn(text, object);
}

export const byName = (text: string, object: Span): ReadonlyMap<string, Member> =>
  new Map(membersOf(text, object).map((member) => [member.name, member]));

function* placesInContext(text: string, context: Member | undefined): Generator<Member | undefined> {
  if (!context) return;
  const members = byName(text, context.value);
  yield members.get('instructor');
  yield members.get('team');
  for (const [list, name] of [
    ['contextAgents', 'agent'],
    ['contextGroups', 'group'],
  ] as const) {
    const relations = members.get(list);
    if (!relations) continue;
    for (const relation of elementsOf(text, relations.value.start)) yield byName(text, relation).get(name);
  }
}

function* withMembers(text: string, span: Span): Generator<ActorPlace> {
  yield actorAt(text, span);
  const list = byName(text, span).get('member');
  if (!list) return;
  for (const member of elementsOf(text, list.value.start)) yield* withMembers(text, member);
}

const actorAt = (text: string, span: Span): ActorPlace => ({ span, actor: valueAt<Actor>(text, span) });

const valueAt = <Value>(text: string, { start, end }: Span): Value => JSON.parse(text.slice(start, end)) as Value;
