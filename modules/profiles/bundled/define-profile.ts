/** The words in which the bundled profiles are written; what they make is a document like any that is uploaded. */
import { ACTIVITY_CONTEXT, PROFILE_CONTEXT } from '../profile/document/json-ld.js';

/** Name and definition. */
type Named = readonly [name: string, definition: string];
type NamedWithSchema = readonly [name: string, definition: string, schema?: Readonly<Record<string, unknown>>];
type ByIri<Value> = Readonly<Record<string, Value>>;

interface Rule {
  readonly location: string;
  readonly presence?: 'included' | 'excluded' | 'recommended';
  readonly any?: readonly unknown[];
  readonly all?: readonly unknown[];
  readonly none?: readonly unknown[];
}

interface Template {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly verb?: string;
  readonly objectActivityType?: string;
  readonly contextParentActivityType?: readonly string[];
  readonly rules?: readonly Rule[];
}

interface Pattern {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly primary?: boolean;
  readonly sequence?: readonly string[];
  readonly alternates?: readonly string[];
  readonly zeroOrMore?: string;
  readonly oneOrMore?: string;
  readonly optional?: string;
}

export interface ProfileSource {
  readonly id: string;
  readonly version: string;
  /** When this version was made. */
  readonly date: string;
  readonly name: string;
  readonly definition: string;
  readonly seeAlso?: string;
  readonly verbs?: ByIri<Named>;
  readonly activityTypes?: ByIri<Named>;
  readonly attachmentUsageTypes?: ByIri<Named>;
  readonly contextExtensions?: ByIri<NamedWithSchema>;
  readonly resultExtensions?: ByIri<NamedWithSchema>;
  readonly activities?: ByIri<Named>;
  readonly templates?: readonly Template[];
  readonly patterns?: readonly Pattern[];
}

export const included = (location: string): Rule => ({ location, presence: 'included' });
export const excluded = (location: string): Rule => ({ location, presence: 'excluded' });
export const recommended = (location: string): Rule => ({ location, presence: 'recommended' });
/** Must be there, and only with these values. */
export const only = (location: string, ...all: unknown[]): Rule => ({ location, presence: 'included', all });
/** One of the values there must be one of these. */
export const some = (location: string, ...any: unknown[]): Rule => ({ location, presence: 'included', any });
export const never = (location: string, ...none: unknown[]): Rule => ({ location, none });
export const contextExtension = (iri: string): string => `$.context.extensions['${iri}']`;
export const resultExtension = (iri: string): string => `$.result.extensions['${iri}']`;

/** JSON-LD text of the profile. */
export function defineProfile(source: ProfileSource): string {
  const { id, version, date, name, definition, seeAlso, templates = [], patterns = [] } = source;
  const described = (one: { id: string; name: string; definition: string }, type: string) => {
    const { name: prefLabel, definition: words, ...rest } = one;
    return { ...rest, type, inScheme: version, prefLabel: { en: prefLabel }, definition: { en: words } };
  };
  const document = {
    '@context': PROFILE_CONTEXT,
    ...{ id, type: 'Profile', conformsTo: 'https://w3id.org/xapi/profiles#1.0' },
    ...{ prefLabel: { en: name }, definition: { en: definition } },
    ...(seeAlso !== undefined && { seeAlso }),
    versions: [{ id: version, generatedAtTime: date }],
    author: { type: 'Organization', name: 'Lectern' },
    concepts: conceptsOf(source),
    ...(templates.length > 0 && { templates: templates.map((one) => described(one, 'StatementTemplate')) }),
    ...(patterns.length > 0 && { patterns: patterns.map((one) => described(one, 'Pattern')) }),
  };
  return JSON.stringify(document, null, 2);
}

function conceptsOf(source: ProfileSource): unknown[] {
  const inScheme = source.version;
  const named = (type: string, concepts: ByIri<NamedWithSchema> = {}) =>
    Object.entries(concepts).map(([id, [name, definition, schema]]) => ({
      ...{ id, type, inScheme, prefLabel: { en: name }, definition: { en: definition } },
      ...(schema && { inlineSchema: JSON.stringify(schema) }),
    }));
  const activities = Object.entries(source.activities ?? {}).map(([id, [name, description]]) => ({
    ...{ id, type: 'Activity', inScheme },
    activityDefinition: { '@context': ACTIVITY_CONTEXT, name: { en: name }, description: { en: description } },
  }));
  return [
    ...named('Verb', source.verbs),
    ...named('ActivityType', source.activityTypes),
    ...named('AttachmentUsageType', source.attachmentUsageTypes),
    ...named('ContextExtension', source.contextExtensions),
    ...named('ResultExtension', source.resultExtensions),
    ...activities,
  ];
}
