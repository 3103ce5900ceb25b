import type { Element } from './element.js';
import { placesBelow, type Parent, type Place } from './places.js';

/** The items in groups of the same key, each in the order of the items. */
export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The lists below an element, by their names in `PLACES`. */
export type Lists = Partial<Record<Place['list'], object[]>>;

/** A parent and its id; undefined for the course itself. */
type Root = Parent & { readonly id?: string | undefined };

/**
 * The lists below a parent with all that is in them: every element in the given shape, with the lists of its kind.
 *
 * @param elements of the parent's course, each list in its order
 */
export function listsBelow(root: Root, elements: readonly Element[], shape: (element: Element) => object): Lists {
  const childrenOf = groupedBy(elements, ({ parentId }) => parentId);
  const itemsOf = (parentId: string | undefined, { type, kind }: Place): object[] =>
    (childrenOf.get(parentId) ?? [])
      .filter((child) => child.type === type && (kind ?? child.kind) === child.kind)
      .map((child) => Object.assign(shape(child), listsOf(child)));
  const listsOf = (parent: Root): Lists => {
    const lists: Lists = {};
    for (const place of placesOf(parent)) lists[place.list] = itemsOf(parent.id, place);
    return lists;
  };
  return listsOf(root);
}

/** The sections of a course with all that is in them. */
export const sectionsOf = (elements: readonly Element[], shape: (element: Element) => object): object[] =>
  listsBelow({ type: 'course', kind: 'course' }, elements, shape).sections ?? [];

const known = new Map<string, Place[]>();

/** `placesBelow`, worked out once for each kind: a tree asks for every one of its elements. */
function placesOf(parent: Parent): Place[] {
  const key = `${parent.type} ${parent.kind}`;
  const places = known.get(key) ?? placesBelow(parent);
  known.set(key, places);
  return places;
}
