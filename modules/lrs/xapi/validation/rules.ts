/** Rules that the shapes of statements are made of. Nothing is null outside of extensions (Data 2.2). */
import { isIri, isLanguageTag, isUuid } from '../formats.js';
import { parseDuration, parseTimestamp } from '../time.js';
import type { Report, Rule } from './report.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const has = (value: JsonObject, key: string): boolean => Object.hasOwn(value, key);

/** A string; any at all, or one that has the format. */
export function string(format?: (text: string) => boolean, expected = 'a string'): Rule {
  return (value, report) => {
    if (typeof value !== 'string') report.add('WRONG_TYPE', `must be ${expected}, not ${nameOf(value)}`);
    else if (format && !format(value)) report.add('BAD_FORMAT', `must be ${expected}`);
  };
}

export const text = string();
export const iri = string(isIri, 'an IRI with a scheme (Data 4.3)');
export const uuid = string(isUuid, 'a UUID (Data 4.4)');
export const timestamp = string((value) => parseTimestamp(value) !== undefined, 'an ISO 8601 timestamp (Data 4.5)');
export const duration = string((value) => parseDuration(value) !== undefined, 'an ISO 8601 duration (Data 4.6)');
export const languageTag = string(isLanguageTag, 'an RFC 5646 language tag (Data 4.2)');

export const boolean: Rule = (value, report) => {
  if (typeof value !== 'boolean') report.add('WRONG_TYPE', `must be true or false, not ${nameOf(value)}`);
};

export const number: Rule = (value, report) => {
  if (typeof value !== 'number') report.add('WRONG_TYPE', `must be a number, not ${nameOf(value)}`);
};

/** Exactly one of these strings; upper and lower case matter (Data 2.2). */
export function oneOf(...values: readonly string[]): Rule {
  const expected = values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`;
  return string((value) => values.includes(value), expected);
}

export function listOf(rule: Rule): Rule {
  return (value, report) => {
    if (!Array.isArray(value)) report.add('WRONG_TYPE', `must be a list, not ${nameOf(value)}`);
    else value.forEach((element, index) => report.inside(String(index), element, rule));
  };
}

/** A map from language tags to texts (Data 4.2). */
export const languageMap: Rule = (value, report) => {
  if (!expectObject(value, report)) return;
  for (const [tag, words] of Object.entries(value)) {
    if (!isLanguageTag(tag)) report.add('BAD_FORMAT', 'must be an RFC 5646 language tag (Data 4.2)', tag);
    report.inside(tag, words, text);
  }
};

/** A map from IRIs to anything (Data 4.1). */
export const extensions: Rule = (value, report) => {
  if (!expectObject(value, report)) return;
  for (const key of Object.keys(value)) {
    if (!isIri(key)) report.add('BAD_FORMAT', 'must be an IRI with a scheme (Data 4.1)', key);
  }
};

/** Rules for an object as a whole, once it is known to be one. */
export type ObjectRule = (value: JsonObject, report: Report) => void;

/**
 * An object with these properties and no others; the case of their names matters (Data 2.2).
 *
 * @param also what the properties have to do with one another
 */
export function object(
  properties: Readonly<Record<string, Rule>>,
  required: readonly string[] = [],
  also?: ObjectRule,
): Rule {
  const rules = new Map(Object.entries(properties));
  return (value, report) => {
    if (!expectObject(value, report)) return;
    for (const key of Object.keys(value)) {
      const rule = rules.get(key);
      if (rule) report.inside(key, value[key], rule);
      else report.add('UNKNOWN_PROPERTY', 'is not a property of xAPI here; names are case-sensitive (Data 2.2)', key);
    }
    for (const key of required) if (!has(value, key)) report.add('REQUIRED', 'is required', key);
    also?.(value, report);
  };
}

export function expectObject(value: unknown, report: Report): value is JsonObject {
  if (isObject(value)) return true;
  report.add('WRONG_TYPE', `must be an object, not ${nameOf(value)}`);
  return false;
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}
