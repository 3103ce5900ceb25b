/** From a statement to its facts: a pure function, so that a rebuild leads to the same ones. */
import {
  contextActivitiesOf,
  identifierOf,
  isActivity,
  isStatementRef,
  isVoiding,
  parseDuration,
  parseTimestamp,
  termKey,
  termsOf,
} from '../../lrs/index.js';
import type { Activity, Actor, LanguageMap, RecordedStatement, Statement } from '../../lrs/index.js';
import { ROLES, UNDETERMINED } from '../fact.js';
import type { ContextPart, FactSketch, StatementSketch, TermSketch } from '../fact.js';
import { first } from '../words.js';
import { ownKey } from '../term-key.js';

/** Longer ones are in the statement; here they are for recognition. */
const LONGEST_NAME = 300;
const LONGEST_DESCRIPTION = 1_000;
const LONGEST_RESPONSE = 1_000;

export function sketchOf({ text, position, voidedAt }: RecordedStatement): StatementSketch {
  const statement = JSON.parse(text) as Statement;
  const { actor, verb, object, context, result } = statement;
  const terms: TermSketch[] = [];
  const add = (sketch: TermSketch): string => {
    terms.push(sketch);
    return sketch.key;
  };
  const addActivity = (activity: Activity) => activitySketches(activity).map(add)[0]!;
  const registration = context?.registration?.toLowerCase();
  const parts = contextParts(statement, addActivity);
  const fact: FactSketch = {
    position,
    happenedAt: parseTimestamp(statement.timestamp!)!,
    actor: mapped(actorSketch(actor), add),
    verb: add({ key: termKey('verb', verb.id), value: plain(verb.id), names: texts(verb.display, LONGEST_NAME) }),
    activity: isActivity(object) ? addActivity(object) : undefined,
    registration: mapped(registration, (value) => add({ key: ownKey('registration', value), value })),
    response: mapped(result?.response, (response) => add(responseSketch(response))),
    context: parts.length === 0 ? undefined : { key: contextKey(parts), parts },
    ...measuresOf(statement),
    voided: voidedAt !== null,
  };
  return { fact, terms, voids: voidedId(statement) };
}

function measuresOf({
  result,
}: Statement): Pick<FactSketch, 'scaled' | 'raw' | 'durationMs' | 'success' | 'completion'> {
  return {
    scaled: finite(result?.score?.scaled),
    raw: finite(result?.score?.raw),
    durationMs: milliseconds(result?.duration),
    success: result?.success,
    completion: result?.completion,
  };
}

const voidedId = (statement: Statement): string | undefined =>
  isVoiding(statement) && isStatementRef(statement.object) ? statement.object.id.toLowerCase() : undefined;

/** Everything that the statement names beside its actor and its object, sorted, once each. */
function contextParts(statement: Statement, addActivity: (activity: Activity) => string): ContextPart[] {
  const { actor, object, context, authority } = statement;
  const own = new Set([
    mapped(identifierOf(actor), (identifier) => termKey('agent', identifier)),
    isActivity(object) ? termKey('activity', object.id) : undefined,
  ]);
  const parts = new Map<string, ContextPart>();
  const add = (part: ContextPart) => parts.set(nameOf(part), part);
  for (const [key, narrow] of termsOf(statement, authority!)) {
    if (!own.has(key)) add({ role: narrow ? ROLES.named : ROLES.related, key });
  }
  for (const role of ['parent', 'grouping', 'category'] as const) {
    for (const activity of contextActivitiesOf(context, role)) add({ role: ROLES[role], key: addActivity(activity) });
  }
  return sortedParts([...parts.values()]);
}

/** The order in which the parts of a context make its key. */
export const sortedParts = (parts: readonly ContextPart[]): ContextPart[] =>
  parts.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));

const nameOf = ({ role, key }: ContextPart): string => `${role} ${key}`;

/** @param parts sorted; see sortedParts */
export const contextKey = (parts: readonly ContextPart[]): string => ownKey('context', parts.map(nameOf).join());

/** The activity, and after it its type. */
function activitySketches({ id, definition }: Activity): TermSketch[] {
  const type = mapped(definition?.type, (value): TermSketch => ({ key: ownKey('type', value), value: plain(value) }));
  const activity: TermSketch = {
    key: termKey('activity', id),
    value: plain(id),
    names: texts(definition?.name, LONGEST_NAME),
    descriptions: texts(definition?.description, LONGEST_DESCRIPTION),
    ...(type && { type: type.key }),
  };
  return type ? [activity, type] : [activity];
}

/** What is told of an actor; undefined for an anonymous Group. */
export function actorSketch(actor: Actor): TermSketch | undefined {
  const { objectType, name, mbox, mbox_sha1sum, openid, account } = actor;
  return mapped(identifierOf(actor), (identifier) => ({
    key: termKey('agent', identifier),
    value: plain(
      JSON.stringify({ ...(objectType === 'Group' && { objectType }), mbox, mbox_sha1sum, openid, account }),
    ),
    names: name === undefined ? {} : texts({ [UNDETERMINED]: name }, LONGEST_NAME),
    texts: [mbox?.slice('mailto:'.length), openid, account?.name].flatMap((part) => plain(part ?? '') || []),
  }));
}

function responseSketch(response: string): TermSketch {
  const value = plain(first(LONGEST_RESPONSE, response));
  return { key: ownKey('response', response), value, texts: [value] };
}

function texts(map: LanguageMap = {}, longest: number): LanguageMap {
  return Object.fromEntries(
    Object.entries(map).map(([language, text]) => [plain(language), plain(first(longest, text))]),
  );
}

/** A text that PostgreSQL can hold: without U+0000 and halves of surrogate pairs. */
const plain = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '\ufffd');

const finite = (value: number | undefined): number | undefined => (Number.isFinite(value) ? value : undefined);

/** Undefined beyond what numbers count exactly, which is 285,000 years. */
function milliseconds(duration: string | undefined): number | undefined {
  const whole = Math.round((mapped(duration, parseDuration) ?? NaN) * 1_000);
  return Number.isSafeInteger(whole) ? whole : undefined;
}

const mapped = <T, R>(value: T | undefined, map: (value: T) => R): R | undefined =>
  value === undefined ? undefined : map(value);
