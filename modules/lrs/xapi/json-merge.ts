/** Merging objects of JSON on their texts: numbers keep their digits, strings their escapes, members their order. */
import { membersOf, wholeOf } from './json-text.js';

/** Makes one value of two that members of the same name have. */
export type MemberMerge = (name: string, existing: string, sent: string) => string;

/**
 * The existing object with every member of the one that is sent. Members that are there already keep their place; a member
 * that a text has twice counts as JSON.parse takes it: with its last value.
 *
 * @param existing JSON of an object
 * @param sent JSON of an object
 * @param mergeMember what becomes of a member that both have; the sent value replaces the existing one unless given
 */
export function mergeObjects(
  existing: string,
  sent: string,
  mergeMember: MemberMerge = (_, __, value) => value,
): string {
  const merged = memberTexts(existing);
  for (const [name, { label, value }] of memberTexts(sent)) {
    const known = merged.get(name);
    merged.set(name, known ? { label: known.label, value: mergeMember(name, known.value, value) } : { label, value });
  }
  return `{${[...merged.values()].map(({ label, value }) => `${label}:${value}`).join(',')}}`;
}

/** The object without the members of these names. */
export function withoutMembers(object: string, names: readonly string[]): string {
  const kept = [...memberTexts(object)].filter(([name]) => !names.includes(name));
  return `{${kept.map(([, { label, value }]) => `${label}:${value}`).join(',')}}`;
}

/** Names as they are written (`label`) and values, by name. A Map has no names of its own, so `__proto__` is one like any. */
function memberTexts(text: string): Map<string, { label: string; value: string }> {
  const texts = new Map<string, { label: string; value: string }>();
  for (const { name, label, value } of membersOf(text, wholeOf(text))) {
    texts.set(name, { label: text.slice(label.start, label.end), value: text.slice(value.start, value.end) });
  }
  return texts;
}
