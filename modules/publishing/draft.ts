import type { CourseContent, Section } from '../../exporters/document/index.js';

/** A course as its author wrote it: the shape of a course document with Markdown in its texts. */
export interface DraftCourse {
  readonly id: string;
  /** Grows with every change of the course or of anything in it. */
  readonly treeRevision: number;
  readonly content: CourseContent;
  readonly sections: readonly Section[];
}
