import type { Principal } from '../../../src/platform/access/principal.js';
import type { CourseService } from '../course.service.js';
import type { Element } from '../elements/element.js';
import { placesBelow } from '../elements/places.js';
import { listsBelow, type Lists } from '../elements/tree.js';

/** An element in the flat shape of its object type. */
export interface ElementView extends Omit<Element, 'content' | 'kind'> {
  /** The course's id for a section. */
  readonly parentId: string;
}

/** Shows an element without its lists. */
export const viewOf = (element: Element): ElementView => ({
  ...element.content,
  type: element.type,
  id: element.id,
  courseId: element.courseId,
  parentId: element.parentId ?? element.courseId,
  position: element.position,
  externalId: element.externalId,
  revision: element.revision,
  createdAt: element.createdAt,
  updatedAt: element.updatedAt,
});

/** Shows an element with its lists; the course is read when an operation selects one of them, and once. */
export function viewWithLists(element: Element, principal: Principal, courses: CourseService): ElementView {
  const view = viewOf(element);
  let lists: Promise<Lists> | undefined;
  const read = async () => listsBelow(element, await courses.elementsOf(principal, [element.courseId]), viewOf);
  for (const { list } of placesBelow(element)) {
    Object.defineProperty(view, list, { get: async () => (await (lists ??= read()))[list] });
  }
  return view;
}
