import { Injectable } from '@nestjs/common';
import type { Section } from '../../exporters/document/index.js';
import { NotFound } from '../../src/platform/errors.js';
import { CourseService, sectionsOf } from '../courses/index.js';
import type { DraftCourse } from './draft.js';

/** Reads drafts in the shape that they are published in. */
@Injectable()
export class DraftReader {
  constructor(private readonly courses: CourseService) {}

  /** A draft with its whole tree; nothing of another organization. */
  async read(organizationId: string, courseId: string): Promise<DraftCourse | NotFound> {
    const draft = await this.courses.draft(organizationId, courseId);
    if (draft === undefined) return new NotFound('Course', courseId, ['courseId']);
    const { course, elements } = draft;
    return {
      id: course.id,
      treeRevision: course.treeRevision,
      content: course.content,
      // Each element's own fields were validated when they were written, and its place as well.
      sections: sectionsOf(elements, ({ id, content }) => ({ id, ...content })) as Section[],
    };
  }
}
