/**
 * As much of JSON-LD as profiles need. Both contexts of the specification are known here and nothing is fetched: a
 * compacted profile can be read as plain JSON (section 2), once aliases of keywords and compact IRIs are written out.
 */
import type { Problem } from '../../../../src/platform/errors.js';

export const PROFILE_CONTEXT = 'https://w3id.org/xapi/profiles/context';
export const ACTIVITY_CONTEXT = 'https://w3id.org/xapi/profiles/activity-context';

/** Prefixes that the context of profiles declares. */
const PREFIXES: Readonly<Record<string, string>> = {
  prov: 'http://www.w3.org/ns/prov#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xapi: 'https://w3id.org/xapi/ontology#',
  profile: 'https://w3id.org/xapi/profiles/ontology#',
  dcterms: 'http://purl.org/dc/terms/',
  schemaorg: 'http://schema.org/',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
};

/** Properties whose values are IRIs, and may be compact. */
const IRIS = new Set([
  ...['id', 'conformsTo', 'seeAlso', 'wasRevisionOf', 'url', 'inScheme', 'broader', 'broadMatch', 'narrower'],
  ...['narrowMatch', 'related', 'relatedMatch', 'exactMatch', 'recommendedActivityTypes', 'recommendedVerbs'],
  ...['context', 'schema', 'verb', 'objectActivityType', 'contextGroupingActivityType', 'contextParentActivityType'],
  ...['contextOtherActivityType', 'contextCategoryActivityType', 'attachmentUsageType', 'objectStatementRefTemplate'],
  ...['contextStatementRefTemplate', 'alternates', 'optional', 'oneOrMore', 'sequence', 'zeroOrMore'],
]);

/** Their content belongs to xAPI or to the profile's author. */
const OPAQUE = new Set(['activityDefinition', 'any', 'all', 'none', 'inlineSchema', '@context']);

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same document with `id` and `type` for their keywords and with whole IRIs. */
export function writtenOut(document: Json): Json {
  const prefixes = new Map(Object.entries(PREFIXES));
  for (const context of [document['@context']].flat()) {
    if (!isObject(context)) continue;
    for (const [name, value] of Object.entries(context)) {
      if (typeof value === 'string' && /[#/:]$/.test(value)) prefixes.set(name, value);
    }
  }
  return writeOutObject(document, prefixes);
}

function writeOutObject(object: Json, prefixes: ReadonlyMap<string, string>): Json {
  const entries = Object.entries(object).map(([name, value]): [string, unknown] => {
    const property = name === '@id' ? 'id' : name === '@type' ? 'type' : name;
    if (OPAQUE.has(property)) return [property, value];
    return [property, writeOut(property, value, prefixes)];
  });
  return Object.fromEntries(entries);
}

function writeOut(property: string, value: unknown, prefixes: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => writeOut(property, item, prefixes));
  if (isObject(value)) return writeOutObject(value, prefixes);
  if (typeof value !== 'string' || !IRIS.has(property)) return value;
  const [, prefix = '', rest = ''] = /^([\w-]+):(?!\/\/)(.*)$/s.exec(value) ?? [];
  const start = prefixes.get(prefix);
  return start === undefined ? value : start + rest;
}

/** Section 6: the context of profiles must be there. Others cannot be looked at, which only matters for properties of theirs. */
export function* contextProblems(document: Json): Generator<Problem> {
  const contexts = [document['@context']].flat();
  if (!contexts.includes(PROFILE_CONTEXT)) {
    yield {
      code: 'CONTEXT_MISSING',
      message: `@context must be or contain ${PROFILE_CONTEXT} (Profiles 6).`,
      path: ['@context'],
      severity: 'ERROR',
    };
  }
  for (const context of contexts) {
    if (typeof context !== 'string' || context === PROFILE_CONTEXT) continue;
    yield {
      code: 'CONTEXT_NOT_FETCHED',
      message: `The context ${context} is not fetched: what it declares is left alone.`,
      path: ['@context'],
      severity: 'WARNING',
    };
  }
}
