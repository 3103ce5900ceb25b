import { Injectable } from '@nestjs/common';
import { NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import { isUuid, MAX_ELEMENTS } from '../course.js';
import { refusal } from '../course.errors.js';
import { CourseStore } from '../course.store.js';
import type { Element, ElementList, ElementType } from './element.js';
import { ElementStore } from './element.store.js';
import { limitOf, parentsInWords, placeOf, type Parent } from './places.js';

/** What new elements are to stand below: a course, or an element of one. */
export interface FoundParent extends Parent {
  readonly courseId: string;
  /** Undefined when it is the course itself. */
  readonly elementId: string | undefined;
}

/** Keeps the lists of a draft whole: right parents, bounded lengths, positions without gaps. Courses are locked first. */
@Injectable()
export class PlaceKeeper {
  constructor(
    private readonly courses: CourseStore,
    private readonly elements: ElementStore,
  ) {}

  /** An element as it is once no one else writes its course; the course is locked until the transaction ends. */
  async element(id: string): Promise<Element | undefined> {
    if (!isUuid(id) || (await this.courses.touchCourseOf(id)) === undefined) return undefined;
    return this.elements.find(id);
  }

  /** The parent for an element of a type; its course is locked until the transaction ends. */
  async parent(type: ElementType, id: string): Promise<FoundParent | NotFound> {
    if (type === 'section') {
      const exists = isUuid(id) && (await this.courses.touch(id)) !== undefined;
      return exists
        ? { type: 'course', kind: 'course', courseId: id, elementId: undefined }
        : new NotFound('Course', id, ['parentId']);
    }
    const found = await this.element(id);
    if (found === undefined) return new NotFound('Element', id, ['parentId']);
    return { type: found.type, kind: found.kind, courseId: found.courseId, elementId: found.id };
  }

  /**
   * Makes room for one element, with what is below it, in a list.
   *
   * @param wanted position from 0; the end of the list when undefined
   * @param added how many elements the course gets
   * @returns the position that is now free
   */
  async makeRoom(
    type: ElementType,
    kind: string,
    parent: FoundParent,
    { wanted, added }: { wanted: number | undefined; added: number },
  ): Promise<number | ValidationFailed> {
    const place = placeOf(type, kind, parent);
    if (place === undefined) return wrongPlace(type, kind, parent);
    const list: ElementList = { courseId: parent.courseId, parentId: parent.elementId, type };
    const count = await this.elements.count(list);
    if (count.list >= limitOf(place)) {
      return refusal('LIST_FULL', `${place.list} may have at most ${limitOf(place)} items.`, ['parentId']);
    }
    if (count.course + added > MAX_ELEMENTS) {
      return refusal('COURSE_FULL', `A course may have at most ${MAX_ELEMENTS} elements.`, ['parentId']);
    }
    const position = wanted ?? count.list;
    if (position > count.list) return outOfRange(count.list);
    if (position < count.list) await this.elements.shift(list, position, 1);
    return position;
  }
}

const wrongPlace = (type: ElementType, kind: string, parent: Parent) =>
  refusal(
    'WRONG_PLACE',
    `A ${type} of the kind ${kind} cannot stand below a ${parent.type} of the kind ${parent.kind}.`,
    ['parentId'],
    `It belongs below a ${parentsInWords(type, kind)}.`,
  );

/** A position behind the end of a list. */
export const outOfRange = (last: number): ValidationFailed =>
  refusal('OUT_OF_RANGE', `position must be from 0 to ${last}.`, ['position'], 'Leave it out for the end of the list.');
