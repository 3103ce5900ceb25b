/** Whether a statement uses the concepts of a profile as they are meant (section 7). */
import { isDeepStrictEqual } from 'node:util';
import type { Budget } from './budget.js';
import { shown } from './profile-problem.js';
import type { Fault } from './profile-problem.js';
import type { Concept, ExtensionType, Profile } from './profile.js';
import { contextActivities, isObject, listOf, memberOf } from './statement-parts.js';
import type { Json, Part } from './statement-parts.js';

type Concepts = Profile['concepts'];

/**
 * What is wrong with the use of concepts in a statement, and in a SubStatement that is its object.
 *
 * @throws BudgetSpent
 */
export function* faultsOfConcepts(statement: Json, concepts: Concepts, budget: Budget): Generator<Fault> {
  if (concepts.size === 0) return;
  yield* faultsOfBody({ value: statement, path: [] }, concepts, budget);
  const object = statement['object'];
  if (memberOf(object, 'objectType') === 'SubStatement') {
    yield* faultsOfBody({ value: object, path: ['object'] }, concepts, budget);
  }
}

function* faultsOfBody({ value, path }: Part, concepts: Concepts, budget: Budget): Generator<Fault> {
  const body = value as Json;
  const at = (part: Part): Part => ({ value: part.value, path: [...path, ...part.path] });
  yield* deprecation(at({ value: memberOf(body['verb'], 'id'), path: ['verb', 'id'] }), concepts);
  for (const [index, attachment] of listOf(body['attachments']).entries()) {
    const usageType = { value: memberOf(attachment, 'usageType'), path: ['attachments', String(index), 'usageType'] };
    yield* deprecation(at(usageType), concepts);
  }
  for (const name of ['context', 'result'] as const) {
    const extensions = { value: memberOf(body[name], 'extensions'), path: [name, 'extensions'] };
    const type = name === 'context' ? 'ContextExtension' : 'ResultExtension';
    yield* faultsOfExtensions(at(extensions), type, concepts, budget);
  }
  for (const activity of [{ value: body['object'], path: ['object'] }, ...contextActivities(body)]) {
    yield* faultsOfActivity(at(activity), concepts, budget);
  }
}

function* faultsOfActivity({ value, path }: Part, concepts: Concepts, budget: Budget): Generator<Fault> {
  const definition = memberOf(value, 'definition');
  const place = [...path, 'definition'];
  yield* deprecation({ value: memberOf(value, 'id'), path: [...path, 'id'] }, concepts);
  yield* deprecation({ value: memberOf(definition, 'type'), path: [...place, 'type'] }, concepts);
  const extensions = { value: memberOf(definition, 'extensions'), path: [...place, 'extensions'] };
  yield* faultsOfExtensions(extensions, 'ActivityExtension', concepts, budget);
  const known = concepts.get(String(memberOf(value, 'id')));
  if (known?.activityDefinition && isObject(definition)) {
    yield* faultsOfDefinition(known, { value: definition, path: place }, budget);
  }
}

/** Languages may differ, the rest should be as the profile has it (7.4). */
const LANGUAGE_MAPS: ReadonlySet<string> = new Set(['name', 'description']);

function* faultsOfDefinition(
  { id, activityDefinition }: Concept,
  { value, path }: Part,
  budget: Budget,
): Generator<Fault> {
  for (const [name, wanted] of Object.entries(activityDefinition!)) {
    budget.spend(1);
    if (LANGUAGE_MAPS.has(name) || isDeepStrictEqual(memberOf(value, name), wanted)) continue;
    const message = `${[...path, name].join('.')} should be ${shown(wanted)}, as the profile defines ${id}.`;
    yield { code: 'OTHER_DEFINITION', message, path: [...path, name], severity: 'WARNING' };
  }
}

const PLACES: Readonly<Record<ExtensionType, string>> = {
  ContextExtension: 'the context',
  ResultExtension: 'the result',
  ActivityExtension: 'definitions of activities',
};

function* faultsOfExtensions(
  { value, path }: Part,
  type: ExtensionType,
  concepts: Concepts,
  budget: Budget,
): Generator<Fault> {
  if (!isObject(value)) return;
  for (const [key, extension] of Object.entries(value)) {
    budget.spend(1);
    const concept = concepts.get(key);
    if (!concept || !isExtension(concept)) continue;
    const place = [...path, key];
    yield* deprecation({ value: key, path: place }, concepts);
    if (concept.type !== type) {
      const message = `The extension ${key} belongs in ${PLACES[concept.type]} (Profiles 7.2).`;
      yield { code: 'EXTENSION_PLACE', message, path: place, severity: 'ERROR' };
    }
    const fault = concept.schema?.check(extension, budget);
    if (!fault) continue;
    const at = [...place, ...fault.path];
    yield { code: 'EXTENSION_SCHEMA', message: `${at.join('.')} ${fault.message}.`, path: at, severity: 'ERROR' };
  }
}

const isExtension = (concept: Concept): concept is Concept & { readonly type: ExtensionType } => concept.type in PLACES;

function* deprecation({ value, path }: Part, concepts: Concepts): Generator<Fault> {
  const concept = typeof value === 'string' ? concepts.get(value) : undefined;
  if (!concept?.deprecated) return;
  const instead = concept.replacements.length > 0 ? ` Use ${concept.replacements.join(' or ')} instead.` : '';
  yield { code: 'DEPRECATED', message: `${concept.id} is deprecated.${instead}`, path, severity: 'WARNING' };
}
