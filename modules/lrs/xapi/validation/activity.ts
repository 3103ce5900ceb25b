/** Activities, their definitions, and interaction activities (Data 2.4.4.1). */
import type { Report, Rule } from './report.js';
import { extensions, has, iri, isObject, languageMap, listOf, object, oneOf, text } from './rules.js';
import type { JsonObject } from './rules.js';

/** The lists of components that each type of interaction can have. */
const COMPONENTS_OF = new Map<string, readonly string[]>([
  ['choice', ['choices']],
  ['sequencing', ['choices']],
  ['likert', ['scale']],
  ['matching', ['source', 'target']],
  ['performance', ['steps']],
  ['true-false', []],
  ['fill-in', []],
  ['long-fill-in', []],
  ['numeric', []],
  ['other', []],
]);

const COMPONENT_LISTS = ['choices', 'scale', 'source', 'target', 'steps'];
const component = object({ id: text, description: languageMap }, ['id']);

/** A list of components with distinct ids. */
const components: Rule = (value, report) => {
  listOf(component)(value, report);
  if (!Array.isArray(value)) return;
  const seen = new Set<unknown>();
  value.forEach((element: unknown, index) => {
    if (!isObject(element) || !has(element, 'id')) return;
    if (seen.has(element['id']))
      report.add('DUPLICATE', 'ids of components are distinct (Data 2.4.4.1)', String(index), 'id');
    seen.add(element['id']);
  });
};

const definition = object(
  {
    name: languageMap,
    description: languageMap,
    type: iri,
    moreInfo: iri,
    interactionType: oneOf(...COMPONENTS_OF.keys()),
    correctResponsesPattern: listOf(text),
    ...Object.fromEntries(COMPONENT_LISTS.map((list) => [list, components])),
    extensions,
  },
  [],
  interactionFitsTogether,
);

export const activity: Rule = object({ objectType: oneOf('Activity'), id: iri, definition }, ['id']);

function interactionFitsTogether(value: JsonObject, report: Report): void {
  const lists = COMPONENT_LISTS.filter((list) => has(value, list));
  const { interactionType } = value;
  if (interactionType === undefined) {
    if (lists.length > 0 || has(value, 'correctResponsesPattern')) {
      report.add('REQUIRED', 'is required in an interaction activity (Data 2.4.4.1)', 'interactionType');
    }
    return;
  }
  const allowed = COMPONENTS_OF.get(interactionType as string);
  for (const list of lists) {
    if (allowed && !allowed.includes(list)) {
      report.add('NOT_ALLOWED', `an interaction of the type ${String(interactionType)} has none (Data 2.4.4.1)`, list);
    }
  }
}
