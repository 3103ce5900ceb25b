import DataLoader from 'dataloader';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { Course } from '../course.js';
import type { CourseService } from '../course.service.js';
import { groupedBy, sectionsOf } from '../elements/tree.js';
import { viewOf } from './element.view.js';

/** A course in the flat shape of its object type. */
export interface CourseView extends Omit<Course, 'content'> {
  /** Everything in the course; read when an operation selects it. */
  readonly sections: Promise<object[]>;
}

/**
 * Shows the courses of one field. Their trees are read in one statement for all of them, and each at most once; another
 * field reads again, because a mutation may lie between.
 */
export function courseViews(principal: Principal, courses: CourseService): (course: Course) => CourseView {
  const trees = new DataLoader<string, object[]>(async (ids) => {
    const elements = groupedBy(await courses.elementsOf(principal, ids), ({ courseId }) => courseId);
    return ids.map((id) => sectionsOf(elements.get(id) ?? [], viewOf));
  });
  return ({ content, ...course }) => ({
    ...content,
    ...course,
    get sections() {
      return trees.load(course.id);
    },
  });
}
