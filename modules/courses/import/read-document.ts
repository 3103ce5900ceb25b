import { courseImport, prepare, type CourseImport } from '../../../exporters/document/index.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import { MAX_ELEMENTS } from '../course.js';
import { refusal } from '../course.errors.js';
import { problemsOf } from '../problems.js';
import { problemsInOutline } from './outline-checks.js';
import { hasMoreElementsThan, outlineOf, type OutlinedElement } from './outline.js';

/** A document that is right in itself. */
export interface ReadDocument {
  readonly course: CourseImport;
  readonly elements: readonly OutlinedElement[];
}

/**
 * Checks a whole document without the database.
 *
 * @returns ValidationFailed with every problem there is; one alone when it is too large to be looked at
 */
export function readDocument(document: unknown): ReadDocument | ValidationFailed {
  if (hasMoreElementsThan(MAX_ELEMENTS, document)) {
    return refusal(
      'COURSE_TOO_LARGE',
      `A course may have at most ${MAX_ELEMENTS} elements.`,
      [],
      'Divide it into several courses.',
    );
  }
  const prepared = prepare(courseImport, document);
  const parsed = courseImport.safeParse(prepared, { reportInput: true });
  const elements = outlineOf(parsed.success ? parsed.data : prepared);
  const problems = [...(parsed.success ? [] : problemsOf(parsed.error)), ...problemsInOutline(prepared, elements)];
  if (!parsed.success || problems.length > 0) return new ValidationFailed(problems);
  // The tree's schemas are put together in loops, where the compiler loses sight of their fields.
  return { course: parsed.data as unknown as CourseImport, elements };
}
