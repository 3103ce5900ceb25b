/** An xAPI Profile that is ready to check statements (xAPI Profile Specification 1.0, part two). */
import type { ExtensionSchema } from './extension-schema.js';
import type { JsonPath } from './json-path.js';

export type LanguageMap = Readonly<Record<string, string>>;

/** One version of a profile. */
export interface Profile {
  /** IRI of the profile over all its versions. */
  readonly id: string;
  /** IRI of the version that the document describes. */
  readonly version: string;
  /** IRIs of all its versions, this one too. */
  readonly versions: readonly string[];
  readonly name: LanguageMap;
  readonly definition: LanguageMap;
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly templates: readonly StatementTemplate[];
  readonly patterns: readonly Pattern[];
}

export const VOCABULARY_TYPES = ['Verb', 'ActivityType', 'AttachmentUsageType'] as const;
export const EXTENSION_TYPES = ['ContextExtension', 'ResultExtension', 'ActivityExtension'] as const;
export const DOCUMENT_TYPES = ['StateResource', 'AgentProfileResource', 'ActivityProfileResource'] as const;

export type ExtensionType = (typeof EXTENSION_TYPES)[number];
export type ConceptType =
  | (typeof VOCABULARY_TYPES)[number]
  | ExtensionType
  | (typeof DOCUMENT_TYPES)[number]
  | 'Activity';

/** A building block of statements (section 7). */
export interface Concept {
  readonly id: string;
  readonly type: ConceptType;
  readonly name: LanguageMap;
  readonly deprecated: boolean;
  /** What to use instead, where it is deprecated: concepts of this and of other profiles. */
  readonly replacements: readonly string[];
  /** Of an extension: what its value must look like. */
  readonly schema?: ExtensionSchema;
  /** Of an Activity: the definition to use. */
  readonly activityDefinition?: Readonly<Record<string, unknown>>;
}

/** How one kind of statement looks (section 8). */
export interface StatementTemplate {
  readonly id: string;
  readonly name: LanguageMap;
  readonly deprecated: boolean;
  readonly determining: DeterminingProperties;
  /** Ids of templates of which one must fit the statement that the object refers to. */
  readonly objectStatementRefTemplate?: readonly string[];
  /** The same for the context's statement. */
  readonly contextStatementRefTemplate?: readonly string[];
  readonly rules: readonly TemplateRule[];
}

/** What tells the statements of a template: all that are given must be in the statement. */
export interface DeterminingProperties {
  readonly verb?: string;
  readonly objectActivityType?: string;
  readonly contextGroupingActivityType?: readonly string[];
  readonly contextParentActivityType?: readonly string[];
  readonly contextOtherActivityType?: readonly string[];
  readonly contextCategoryActivityType?: readonly string[];
  readonly attachmentUsageType?: readonly string[];
}

/** A requirement on the values at a location (section 8.1). */
export interface TemplateRule {
  readonly location: JsonPath;
  readonly selector?: JsonPath;
  readonly presence?: 'included' | 'excluded' | 'recommended';
  readonly any?: readonly unknown[];
  readonly all?: readonly unknown[];
  readonly none?: readonly unknown[];
}

/** What a pattern does with its members. */
export type PatternKind = 'alternates' | 'optional' | 'oneOrMore' | 'sequence' | 'zeroOrMore';

/** Statements in an order (section 9). */
export interface Pattern {
  readonly id: string;
  readonly name: LanguageMap;
  readonly primary: boolean;
  readonly deprecated: boolean;
  readonly kind: PatternKind;
  /** Ids of templates and patterns; those of other profiles, too. */
  readonly members: readonly string[];
}

/** A name or definition for people: English where there is one. */
export function wordsOf(map: LanguageMap): string {
  return map['en'] ?? map['en-US'] ?? Object.values(map)[0] ?? '';
}
