import type { CourseDocument } from '../../exporters/document/index.js';

/** A published version of a course: numbered 1, 2, 3, and never changed again. */
export interface CourseVersion {
  readonly id: string;
  readonly courseId: string;
  readonly number: number;
  readonly title: string;
  /** SHA-256 of the canonical document, hexadecimal. */
  readonly contentHash: string;
  readonly notes: string | undefined;
  readonly publishedAt: Date;
}

/** A version with its document. */
export interface PublishedCourse extends CourseVersion {
  readonly document: CourseDocument;
}
