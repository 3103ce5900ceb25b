import { isRecord } from '../../../exporters/document/index.js';
import type { ElementType } from '../elements/element.js';
import { PLACES, type Place } from '../elements/places.js';
import { groupedBy } from '../elements/tree.js';

/** An element of an imported document, whether it is right or not. */
export interface OutlinedElement {
  /** From the root of the document. */
  readonly path: readonly string[];
  readonly place: Place;
  readonly kind: string;
  readonly externalId: string | undefined;
  /** Undefined for sections. */
  readonly parent: OutlinedElement | undefined;
  readonly position: number;
  /** The fields of the element alone. */
  readonly content: Readonly<Record<string, unknown>>;
}

const placesBelow = groupedBy(PLACES, ({ parent }) => parent);
const placesOf = (parent: 'course' | ElementType): readonly Place[] => placesBelow.get(parent) ?? [];

/** All elements of a document, parents before their children. What is no element is passed over: the schema tells of it. */
export function outlineOf(document: unknown): OutlinedElement[] {
  const found: OutlinedElement[] = [];
  const visit = (
    owner: Record<string, unknown>,
    type: 'course' | ElementType,
    path: readonly string[],
    parent?: OutlinedElement,
  ) => {
    for (const place of placesOf(type)) {
      itemsOf(owner, place).forEach((item, position) => {
        if (!isRecord(item)) return;
        const element = outlined(item, place, [...path, place.list, String(position)], position, parent);
        found.push(element);
        visit(item, place.type, element.path, element);
      });
    }
  };
  if (isRecord(document)) visit(document, 'course', []);
  return found;
}

function outlined(
  item: Record<string, unknown>,
  place: Place,
  path: readonly string[],
  position: number,
  parent: OutlinedElement | undefined,
): OutlinedElement {
  const { externalId, ...fields } = item;
  const content = { ...fields };
  for (const { list } of placesOf(place.type)) delete content[list];
  const kind = typeof item['kind'] === 'string' ? item['kind'] : place.type;
  return {
    path,
    place,
    kind,
    externalId: typeof externalId === 'string' ? externalId : undefined,
    parent,
    position,
    content,
  };
}

/** Whether a document has more elements than a bound; it stops counting there, and looks at nothing else. */
export function hasMoreElementsThan(bound: number, document: unknown): boolean {
  let count = 0;
  const pending: { owner: unknown; type: 'course' | ElementType }[] = [{ owner: document, type: 'course' }];
  for (let next = pending.pop(); next !== undefined && count <= bound; next = pending.pop()) {
    const { owner, type } = next;
    if (!isRecord(owner)) continue;
    for (const place of placesOf(type)) {
      const items = itemsOf(owner, place);
      count += items.length;
      if (count > bound) return true;
      for (const item of items) pending.push({ owner: item, type: place.type });
    }
  }
  return false;
}

function itemsOf(owner: Record<string, unknown>, { list }: Place): readonly unknown[] {
  const items = owner[list];
  return Array.isArray(items) ? items : [];
}
