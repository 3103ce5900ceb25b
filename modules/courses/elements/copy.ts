import { uuidV7 } from '../../../src/platform/database/uuid.js';
import type { Element, NewElement } from './element.js';
import { redirected } from './references.js';
import { groupedBy } from './tree.js';

/** An element and everything below it, parents before their children; empty when the element is not among them. */
export function subtreeOf(id: string, elements: readonly Element[]): Element[] {
  const childrenOf = groupedBy(elements, ({ parentId }) => parentId);
  const below = (element: Element): Element[] => [element, ...(childrenOf.get(element.id) ?? []).flatMap(below)];
  return elements.filter((element) => element.id === id).flatMap(below);
}

/**
 * New elements with the content of others. Parents and references inside the copy are
 * the copies; external ids stay with the originals, because they are unique.
 */
export function copyOf<T extends readonly Element[]>(originals: T, courseId: string): { [K in keyof T]: NewElement } {
  const copies = new Map(originals.map(({ id }) => [id, uuidV7()]));
  const copied = originals.map((original) => ({
    id: copies.get(original.id) ?? original.id,
    courseId,
    parentId: original.parentId === undefined ? undefined : (copies.get(original.parentId) ?? original.parentId),
    type: original.type,
    kind: original.kind,
    position: original.position,
    externalId: undefined,
    content: redirected(original.type, original.content, (role, value) =>
      role === 'asset' ? value : copies.get(value),
    ),
  }));
  return copied as { [K in keyof T]: NewElement };
}
