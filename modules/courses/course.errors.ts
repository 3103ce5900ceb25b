import { UserError, ValidationFailed } from '../../src/platform/errors.js';
import type { Course } from './course.js';
import type { Element } from './elements/element.js';
import { problem } from './problems.js';

const changed = (what: string, revision: number) =>
  `The ${what} has changed; its revision is now ${revision}. Look at it as it is now and repeat the change.`;

/** Someone changed the course since the caller read it; carries the course as it is now. */
export class CourseChanged extends UserError {
  readonly code = 'REVISION_CONFLICT';

  constructor(
    readonly course: Course,
    readonly currentRevision = course.revision,
    expected: 'expectedRevision' | 'expectedTreeRevision' = 'expectedRevision',
  ) {
    super(changed('course', currentRevision), [expected]);
  }
}

/** Someone changed the element since the caller read it; carries the element as it is now. */
export class ElementChanged extends UserError {
  readonly code = 'REVISION_CONFLICT';

  constructor(
    readonly element: Element,
    readonly currentRevision = element.revision,
  ) {
    super(changed(element.type, element.revision), ['expectedRevision']);
  }
}

/** One broken rule. */
export const refusal = (code: string, message: string, path: readonly string[], hint?: string): ValidationFailed =>
  new ValidationFailed([problem(code, message, path, hint)]);
