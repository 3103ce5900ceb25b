import { readFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { DEFAULT_ORGANIZATION_ID } from '../modules/access/index.js';
import { CourseImportService, CourseService } from '../modules/courses/index.js';
import { PublishingService } from '../modules/publishing/index.js';
import type { Principal } from './platform/access/principal.js';
import { buildOutput } from './platform/build-output.js';
import { UserError } from './platform/errors.js';

const FILE = buildOutput('../examples/social-media-at-work/course.json');

/** The service itself, on its first start. */
const operator: Principal = {
  organizationId: DEFAULT_ORGANIZATION_ID,
  keyId: 'first-start',
  scopes: new Set(['author', 'publish']),
};

/**
 * Imports and publishes the sample course when there is no course yet, so that the first query returns something.
 *
 * @returns whether it did
 * @throws Error when the sample course is refused
 */
export async function addSampleCourse(app: INestApplicationContext): Promise<boolean> {
  const courses = await app.get(CourseService).count(operator, {});
  if (courses > 0) return false;
  const document: unknown = JSON.parse(await readFile(FILE, 'utf8'));
  const { course } = accepted(await app.get(CourseImportService).import(operator, { document }));
  if (course === undefined) throw new Error('The import of the sample course was only tried.');
  accepted(await app.get(PublishingService).publish(operator, { courseId: course.id, notes: 'The sample course.' }));
  return true;
}

function accepted<Answer>(answer: Answer): Exclude<Answer, UserError> {
  if (answer instanceof UserError) throw new Error(`The sample course is refused: ${answer.message}`);
  return answer as Exclude<Answer, UserError>;
}
