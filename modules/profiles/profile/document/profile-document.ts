/** The shape of a profile's document (sections 6 to 9). What is not needed to check statements may look as it likes. */
import { z } from 'zod';
import { DOCUMENT_TYPES, EXTENSION_TYPES, VOCABULARY_TYPES } from '../profile.js';

const MAXIMUM_IRI = 2_000;

const iri = z
  .string()
  .max(MAXIMUM_IRI)
  .regex(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/, 'must be an IRI');
const iris = z.array(iri).min(1).max(1_000);
const words = z
  .record(z.string().max(100), z.string().min(1).max(100_000))
  .refine((map) => Object.keys(map).length > 0, {
    message: 'must have a language',
  });

/** A missing definition keeps nobody from checking statements, and published profiles lack some. */
const named = { prefLabel: words, definition: words.optional() };
const ofVersion = { inScheme: iri, deprecated: z.boolean().optional() };
const relations = { related: iris.optional(), relatedMatch: iris.optional(), exactMatch: iris.optional() };

const vocabulary = z.object({ id: iri, type: z.enum(VOCABULARY_TYPES), ...ofVersion, ...named, ...relations });

/** The table says Object, its text and its examples say a string of JSON: both are taken. */
const inlineSchema = z.union([z.string().min(1), z.record(z.string(), z.unknown())]).optional();
const schemas = { schema: iri.optional(), inlineSchema };

const extension = z.object({
  ...{ id: iri, type: z.enum(EXTENSION_TYPES), ...ofVersion, ...named, ...schemas },
  ...{ recommendedActivityTypes: iris.optional(), recommendedVerbs: iris.optional() },
});

const resource = z.object({
  ...{ id: iri, type: z.enum(DOCUMENT_TYPES), ...ofVersion, ...named, ...schemas },
  contentType: z.string().min(1).max(200),
});

const activity = z.object({
  ...{ id: iri, type: z.literal('Activity'), ...ofVersion },
  activityDefinition: z.record(z.string(), z.unknown()),
});

const concept = z.discriminatedUnion('type', [vocabulary, extension, resource, activity]);

const values = z.array(z.unknown()).min(1).max(1_000).optional();

const rule = z.object({
  location: z.string().min(1),
  selector: z.string().min(1).optional(),
  presence: z.enum(['included', 'excluded', 'recommended']).optional(),
  ...{ any: values, all: values, none: values },
});

const template = z.object({
  ...{ id: iri, type: z.literal('StatementTemplate'), ...ofVersion, ...named },
  verb: iri.optional(),
  objectActivityType: iri.optional(),
  contextGroupingActivityType: iris.optional(),
  contextParentActivityType: iris.optional(),
  contextOtherActivityType: iris.optional(),
  contextCategoryActivityType: iris.optional(),
  attachmentUsageType: iris.optional(),
  objectStatementRefTemplate: iris.optional(),
  contextStatementRefTemplate: iris.optional(),
  rules: z.array(rule).max(200).optional(),
});

const pattern = z.object({
  ...{ id: iri, type: z.literal('Pattern'), primary: z.boolean().optional() },
  ...{ inScheme: iri.optional(), deprecated: z.boolean().optional() },
  ...{ prefLabel: words.optional(), definition: words.optional() },
  ...{ alternates: iris.optional(), sequence: iris.optional() },
  ...{ optional: iri.optional(), oneOrMore: iri.optional(), zeroOrMore: iri.optional() },
});

export const profileDocument = z.object({
  id: iri,
  type: z.literal('Profile'),
  conformsTo: z
    .string()
    .regex(/^https:\/\/w3id\.org\/xapi\/profiles\/?#1\.0/, 'must name version 1.0 of the specification'),
  ...{ prefLabel: words, definition: words },
  versions: z
    .array(z.object({ id: iri, generatedAtTime: z.string().max(100), wasRevisionOf: iris.optional() }))
    .min(1)
    .max(1_000),
  author: z.object({ type: z.enum(['Organization', 'Person']), name: z.string().min(1).max(1_000) }),
  concepts: z.array(concept).max(5_000).optional(),
  templates: z.array(template).max(500).optional(),
  patterns: z.array(pattern).max(500).optional(),
});

export type ProfileDocument = z.infer<typeof profileDocument>;
export type ConceptDocument = z.infer<typeof concept>;
export type TemplateDocument = z.infer<typeof template>;
export type RuleDocument = z.infer<typeof rule>;
export type PatternDocument = z.infer<typeof pattern>;
