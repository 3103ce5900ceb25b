/** Concepts of a profile (section 7). */
import { ExtensionSchema } from '../extension-schema.js';
import { ACTIVITY_CONTEXT } from './json-ld.js';
import type { ConceptDocument } from './profile-document.js';
import { isObject } from '../statement-parts.js';
import { EXTENSION_TYPES } from '../profile.js';
import type { Concept } from '../profile.js';
import type { Findings } from './findings.js';

export function readConcepts(documents: readonly ConceptDocument[], findings: Findings): Map<string, Concept> {
  const concepts = new Map<string, Concept>();
  for (const [index, document] of documents.entries()) {
    const path = ['concepts', index];
    if (concepts.has(document.id)) findings.error('DUPLICATE', `The concept ${document.id} is there twice.`, path);
    concepts.set(document.id, readConcept(document, path, findings));
  }
  return concepts;
}

function readConcept(document: ConceptDocument, path: readonly (string | number)[], findings: Findings): Concept {
  const { id, type, deprecated = false } = document;
  if (type === 'Activity') return { ...{ id, type, deprecated }, ...readActivity(document, path, findings) };
  const common = { id, type, deprecated, name: document.prefLabel };
  if ('related' in document || 'relatedMatch' in document) {
    return { ...common, replacements: [...(document.related ?? []), ...(document.relatedMatch ?? [])] };
  }
  const schema = isExtension(document) ? readSchema(document, path, findings) : undefined;
  return { ...common, replacements: [], ...(schema && { schema }) };
}

const isExtension = (document: ConceptDocument): document is WithSchema =>
  EXTENSION_TYPES.some((type) => type === document.type);

function readActivity(
  { id, activityDefinition: document }: Extract<ConceptDocument, { type: 'Activity' }>,
  path: readonly (string | number)[],
  findings: Findings,
): Pick<Concept, 'name' | 'replacements' | 'activityDefinition'> {
  const { '@context': context, ...activityDefinition } = document;
  if (![context].flat().includes(ACTIVITY_CONTEXT)) {
    const message = `The definition of ${id} lacks the context ${ACTIVITY_CONTEXT} (Profiles 7.4).`;
    findings.warning('CONTEXT_MISSING', message, [...path, 'activityDefinition', '@context']);
  }
  const name = activityDefinition['name'];
  return { name: isObject(name) ? (name as Concept['name']) : {}, replacements: [], activityDefinition };
}

type WithSchema = Extract<ConceptDocument, { type: 'ContextExtension' | 'ResultExtension' | 'ActivityExtension' }>;

/** A schema that cannot be used leaves its extension unchecked, which is said: draft 7 is only recommended (7.2). */
function readSchema(
  { id, schema, inlineSchema }: WithSchema,
  path: readonly (string | number)[],
  findings: Findings,
): ExtensionSchema | undefined {
  if (schema !== undefined && inlineSchema !== undefined) {
    findings.error('CONTRADICTION', `${id} has both schema and inlineSchema (Profiles 7.2).`, path);
  }
  if (schema !== undefined) {
    const message = `The schema of ${id} is not fetched: values of the extension are not checked. Use inlineSchema.`;
    findings.warning('SCHEMA_NOT_FETCHED', message, [...path, 'schema']);
  }
  if (inlineSchema === undefined) return undefined;
  const text = typeof inlineSchema === 'string' ? inlineSchema : JSON.stringify(inlineSchema);
  const parsed = ExtensionSchema.parse(text);
  if (parsed instanceof ExtensionSchema) return parsed;
  const message = `The inlineSchema of ${id} ${parsed}. Values of the extension are not checked.`;
  findings.warning('SCHEMA_NOT_USABLE', message, [...path, 'inlineSchema']);
  return undefined;
}
