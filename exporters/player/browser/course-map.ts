/** The lessons of a course in their order, over the borders of its sections. */
import type { CourseDocument } from '../../document/course-document.js';
import type { Lesson } from '../../document/tree.js';

export const lessonsOf = (document: CourseDocument): Lesson[] => document.sections.flatMap(({ lessons }) => lessons);

export const lessonOf = (document: CourseDocument, id: string): Lesson | undefined =>
  lessonsOf(document).find((lesson) => lesson.id === id);
