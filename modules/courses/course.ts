import type { CourseContent } from '../../exporters/document/index.js';

/** A draft: what an author sets on a course. Its elements are read apart from it. */
export interface Course {
  readonly id: string;
  /** The author's own id, unique in the organization. */
  readonly externalId: string | undefined;
  readonly content: CourseContent;
  /** Grows with every change of the course's own content. */
  readonly revision: number;
  /** Grows with every change of the course or of anything in it. */
  readonly treeRevision: number;
  readonly createdAt: Date;
  /** When the course or anything in it was last changed. */
  readonly updatedAt: Date;
}

/** Which course is meant: by one of its three names. */
export type CourseKey = { id: string } | { externalId: string } | { slug: string };

/** More elements than any course that is taught; it keeps one draft in memory. */
export const MAX_ELEMENTS = 10_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a caller's id can be the id of anything: PostgreSQL refuses to compare another text with a uuid. */
export const isUuid = (id: string): boolean => UUID.test(id);
