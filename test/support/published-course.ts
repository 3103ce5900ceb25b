import type { ServiceUnderTest } from './test-app.js';

/** A course that was authored and published through the API. */
export interface PublishedCourse {
  readonly courseId: string;
  readonly versionId: string;
}

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2" fill="#1f5d7a"/></svg>';

/** A small course as `importCourse` takes it: a page with a picture, and an assessment with the pass mark 80. */
export function courseToImport(slug: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const page = {
    kind: 'page',
    externalId: 'page',
    title: 'Think before you post',
    blocks: [
      { kind: 'text', externalId: 'text', body: 'What is out **stays** out.' },
      { kind: 'image', externalId: 'image', asset: 'picture', decorative: true },
    ],
  };
  const question = { kind: 'true-false', externalId: 'question', prompt: 'A deleted post is gone.', answer: false };
  const assessment = {
    kind: 'assessment',
    externalId: 'assessment',
    title: 'What you take away',
    passMark: 80,
    feedback: 'AT_THE_END',
    questions: [question],
  };
  return {
    format: 'lectern-course',
    formatVersion: 1,
    externalId: slug,
    title: 'Think before you post',
    slug,
    language: 'en',
    objectives: [],
    completionRule: 'ASSESSMENT_MASTERY',
    assets: [{ externalId: 'picture', fileName: 'picture.svg', text: PICTURE }],
    sections: [{ externalId: 'basics', title: 'Basics', lessons: [page, assessment] }],
    ...changes,
  };
}

/** Imports a course and publishes it. @throws with the answer when one of the two is refused. */
export async function publishCourse(
  app: ServiceUnderTest,
  document: unknown,
  key = app.adminKey,
): Promise<PublishedCourse> {
  const imported = await app.graphql<{ importCourse: { course?: { id: string } } }>(
    `mutation ($document: CourseSource!) {
       importCourse(input: { document: $document }) {
         ... on ImportCourseSuccess { course { id } }
         ... on ValidationError { problems { message path } }
       }
     }`,
    { document },
    key,
  );
  const courseId = imported.data?.importCourse.course?.id;
  if (courseId === undefined) throw new Error(`importCourse: ${JSON.stringify(imported)}`);
  const published = await app.graphql<{ publishCourse: { version?: { id: string } } }>(
    `mutation ($courseId: ID!) {
       publishCourse(input: { courseId: $courseId }) {
         ... on PublishCourseSuccess { version { id } }
         ... on ValidationError { problems { message path } }
       }
     }`,
    { courseId },
    key,
  );
  const versionId = published.data?.publishCourse.version?.id;
  if (versionId === undefined) throw new Error(`publishCourse: ${JSON.stringify(published)}`);
  return { courseId, versionId };
}
