/** Takes people out of the text of a statement. Every character that is not about them stays as it is. */
import { identifierOf } from '../identity.js';
import { membersOf, wholeOf } from '../json-text.js';
import type { Member, Span } from '../json-text.js';
import { edited } from '../text-edits.js';
import type { Edit } from '../text-edits.js';
import { bodiesIn } from './actor-places.js';
import type { ActorPlace, BodyPlace } from './actor-places.js';
import { pseudonymOf } from './pseudonym.js';

/**
 * What becomes of what a person has said: it stays, or response and extensions of the result and extensions of the context go
 * from the statements whose actor the person is.
 */
export type ErasedContent = 'KEEP' | 'REMOVE';

/** What is put in the place of an identifier. */
export interface Replacement {
  /** Name of the pseudonym account: a UUID. */
  readonly pseudonym: string;
  readonly content: ErasedContent;
}

/** By identifier; see identifierOf. */
export type Replacements = ReadonlyMap<string, Replacement>;

const IDENTIFIERS: ReadonlySet<string> = new Set(['mbox', 'mbox_sha1sum', 'openid', 'account']);

/** @param text of one valid statement. @returns the same text when it names none of them */
export function pseudonymised(text: string, replacements: Replacements): string {
  const whole = wholeOf(text);
  const edits = [...bodiesIn(text, whole)].flatMap((body) => [
    ...body.actors.flatMap((place) => [...editsOfActor(text, place, replacements)]),
    ...editsOfContent(text, body, replacements),
  ]);
  const inOrder = edits.sort((one, other) => one.at - other.at);
  return edited(text, { start: 0, end: text.length }, inOrder);
}

/** The identifiers of all whom the text of a statement names. */
export function identifiersIn(text: string): Set<string> {
  const identifiers = new Set<string>();
  for (const { actors } of bodiesIn(text, wholeOf(text))) {
    for (const { actor } of actors) {
      const identifier = identifierOf(actor);
      if (identifier !== undefined) identifiers.add(identifier);
    }
  }
  return identifiers;
}

function* editsOfActor(text: string, { span, actor }: ActorPlace, replacements: Replacements): Generator<Edit> {
  const replacement = replacements.get(identifierOf(actor) ?? '');
  if (!replacement) return;
  const [identifier, ...more] = membersOf(text, span).filter(({ name }) => IDENTIFIERS.has(name));
  // The braces of {"account":...} are those of the actor that it is put into.
  const insert = JSON.stringify(pseudonymOf(replacement.pseudonym)).slice(1, -1);
  yield { at: identifier!.label.start, until: identifier!.value.end, insert };
  yield* removals(
    text,
    span,
    (member) => member.name === 'name' || more.some(({ label }) => isAt(label, member.label)),
  );
}

function* editsOfContent(text: string, { actor, members }: BodyPlace, replacements: Replacements): Generator<Edit> {
  if (replacements.get(identifierOf(actor.actor) ?? '')?.content !== 'REMOVE') return;
  for (const [part, names] of CONTENT) {
    const member = members.get(part);
    if (member) yield* removals(text, member.value, ({ name }) => names.includes(name));
  }
}

const CONTENT: readonly (readonly [part: string, names: readonly string[]])[] = [
  ['result', ['response', 'extensions']],
  ['context', ['extensions']],
];

const isAt = (one: Span, other: Span): boolean => one.start === other.start;

/** Takes members out of an object, each with the comma that it no longer needs. */
function* removals(text: string, object: Span, isRemoved: (member: Member) => boolean): Generator<Edit> {
  const members = membersOf(text, object);
  let keptBefore = false;
  for (const [index, member] of members.entries()) {
    const { label, value } = member;
    if (!isRemoved(member)) keptBefore = true;
    else if (keptBefore) yield { at: members[index - 1]!.value.end, until: value.end, insert: '' };
    else yield { at: label.start, until: members[index + 1]?.label.start ?? value.end, insert: '' };
  }
}
