/** What a schema cannot say of a document: names that are used twice, references that lead nowhere, exits at the wrong nodes. */
import { isRecord } from '../../../exporters/document/index.js';
import type { Problem } from '../../../src/platform/errors.js';
import { isUuid } from '../course.js';
import { contentSchemas } from '../elements/content.js';
import { admits, parentsInWords } from '../elements/places.js';
import { danglingReference, referencesIn } from '../elements/references.js';
import { problem } from '../problems.js';
import type { OutlinedElement } from './outline.js';

/** Every place of a document that names an asset. */
export const assetNamesIn = (outline: readonly OutlinedElement[]): { value: string; path: readonly PropertyKey[] }[] =>
  outline.flatMap(({ place, content, path }) =>
    referencesIn(contentSchemas[place.type], content)
      .filter(({ role }) => role === 'asset')
      .map((reference) => ({ value: reference.value, path: [...path, ...reference.path] })),
  );

/** Every such problem, in the order of the document. */
export function problemsInOutline(document: unknown, outline: readonly OutlinedElement[]): Problem[] {
  return [
    ...duplicateAssets(document),
    ...duplicateElements(outline),
    ...misplaced(outline),
    ...dangling(document, outline),
  ];
}

function* duplicateElements(outline: readonly OutlinedElement[]): Generator<Problem> {
  const seen = new Set<string>();
  for (const { externalId, path } of outline) {
    if (externalId !== undefined && seen.has(externalId)) yield duplicate(externalId, [...path, 'externalId']);
    if (externalId !== undefined) seen.add(externalId);
  }
}

function* duplicateAssets(document: unknown): Generator<Problem> {
  const seen = new Set<unknown>();
  for (const [index, asset] of assetsOf(document).entries()) {
    const externalId = isRecord(asset) ? asset['externalId'] : undefined;
    if (typeof externalId === 'string' && seen.has(externalId))
      yield duplicate(externalId, ['assets', index, 'externalId']);
    seen.add(externalId);
  }
}

const duplicate = (externalId: string, path: readonly PropertyKey[]) =>
  problem(
    'DUPLICATE_EXTERNAL_ID',
    `externalId "${externalId}" is used twice.`,
    path,
    'Give each element an externalId of its own.',
  );

// Every other place is a list of its own in the schema: only nodes have lists that not all of their kinds may fill.
function* misplaced(outline: readonly OutlinedElement[]): Generator<Problem> {
  for (const { place, parent, path } of outline) {
    if (parent === undefined || place.parent !== 'node' || admits(place, { type: 'node', kind: parent.kind })) continue;
    const belongs = `It belongs below a ${parentsInWords(place.type, place.kind ?? '')}.`;
    yield problem('WRONG_PLACE', `A node of the kind ${parent.kind} has no ${place.list}.`, path, belongs);
  }
}

function* dangling(document: unknown, outline: readonly OutlinedElement[]): Generator<Problem> {
  const assets = new Set(assetsOf(document).map((asset) => (isRecord(asset) ? asset['externalId'] : undefined)));
  const inScenario = new Set(
    outline.map((element) => scenarioKey(element.place.type, element.externalId, element.parent)),
  );
  for (const { place, parent, content, path } of outline) {
    for (const reference of referencesIn(contentSchemas[place.type], content)) {
      const { role, value } = reference;
      const known =
        role === 'asset'
          ? assets.has(value) || isUuid(value)
          : inScenario.has(scenarioKey(role, value, parent?.parent));
      if (!known) yield danglingReference(reference, [...path, ...reference.path]);
    }
  }
}

const scenarioKey = (type: string, externalId: string | undefined, lesson: OutlinedElement | undefined) =>
  `${type} ${externalId} ${lesson?.path.join(' ')}`;

function assetsOf(document: unknown): readonly unknown[] {
  const assets = isRecord(document) ? document['assets'] : undefined;
  return Array.isArray(assets) ? assets : [];
}
