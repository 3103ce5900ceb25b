import { isDeepStrictEqual } from 'node:util';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import type { Element, ElementContent, NewElement } from '../elements/element.js';
import { redirected } from '../elements/references.js';
import type { OutlinedElement } from './outline.js';

/** An element that stays, and what becomes of it. */
export interface KeptElement {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly position: number;
  readonly content: ElementContent;
  /** Whether more changes than its place among its siblings, which has no revision. */
  readonly changed: boolean;
}

/** What makes the draft what the document says. */
export interface ImportPlan {
  readonly created: readonly NewElement[];
  /** Only those that change or are shifted. */
  readonly kept: readonly KeptElement[];
  readonly deletedIds: readonly string[];
}

/**
 * Compares a document with the draft as it is. An element of the document is the one that has its external id, or, as a
 * course source writes elements without one, its id; it must be of the same type and kind, else it is a new one.
 *
 * @param assetIds id of each asset by the name that the document has for it
 */
export function planImport(
  courseId: string,
  outline: readonly OutlinedElement[],
  present: readonly Element[],
  assetIds: ReadonlyMap<string, string>,
): ImportPlan {
  const presentByName = new Map(present.map((element) => [element.externalId ?? element.id, element]));
  const twins = new Map(outline.map((planned) => [planned, twinOf(planned, presentByName)]));
  const ids = new Map(outline.map((planned) => [planned, twins.get(planned)?.id ?? uuidV7()]));
  const idsByName = new Map(outline.map((planned) => [planned.externalId, ids.get(planned)]));
  const created: NewElement[] = [];
  const kept: KeptElement[] = [];
  for (const planned of outline) {
    const { type } = planned.place;
    const id = ids.get(planned) ?? '';
    const parentId = planned.parent && ids.get(planned.parent);
    // The document's schema has validated the content of every element.
    const authored = planned.content as unknown as ElementContent;
    const content = redirected(type, authored, (role, name) =>
      role === 'asset' ? assetIds.get(name) : idsByName.get(name),
    );
    const twin = twins.get(planned);
    const { kind, position, externalId } = planned;
    if (twin === undefined) created.push({ id, courseId, parentId, type, kind, position, externalId, content });
    else if (differs(twin, parentId, content)) kept.push({ id, parentId, position, content, changed: true });
    else if (twin.position !== position) kept.push({ id, parentId, position, content, changed: false });
  }
  const staying = new Set(ids.values());
  return { created, kept, deletedIds: present.filter(({ id }) => !staying.has(id)).map(({ id }) => id) };
}

function twinOf(
  { externalId, place, kind }: OutlinedElement,
  present: ReadonlyMap<string, Element>,
): Element | undefined {
  const twin = externalId === undefined ? undefined : present.get(externalId);
  return twin?.type === place.type && twin.kind === kind ? twin : undefined;
}

const differs = (twin: Element, parentId: string | undefined, content: ElementContent) =>
  twin.parentId !== parentId || !isDeepStrictEqual(twin.content, content);
