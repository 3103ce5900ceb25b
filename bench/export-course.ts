/** Courses to be exported: the sample course, and courses of many bytes. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BenchService } from './service.js';

const MEGABYTE = 1024 * 1024;

/** Imports and publishes a course document. @returns the id of the version */
export async function publish({ graphql }: BenchService, document: unknown): Promise<string> {
  const { importCourse } = await graphql<{ importCourse: { course?: { id: string } } }>(
    'mutation ($document: CourseSource!) { importCourse(input: { document: $document }) { ... on ImportCourseSuccess { course { id } } } }',
    { document },
  );
  const { publishCourse } = await graphql<{ publishCourse: { version?: { id: string } } }>(
    'mutation ($id: ID!) { publishCourse(input: { courseId: $id }) { ... on PublishCourseSuccess { version { id } } } }',
    { id: importCourse.course?.id },
  );
  if (!publishCourse.version) throw new Error('The course for the benchmark could not be published.');
  return publishCourse.version.id;
}

export async function sampleCourse(): Promise<unknown> {
  return JSON.parse(await readFile('examples/social-media-at-work/course.json', 'utf8'));
}

/** A course of downloads that cannot be compressed, 2 MB each, uploaded first. */
export async function courseOf(bench: BenchService, megabytes: number): Promise<unknown> {
  const ids: string[] = [];
  for (let count = 0; count < megabytes / 2; count += 1)
    ids.push(await upload(bench, `handout-${count}.pdf`, 2 * MEGABYTE));
  const blocks = ids.map((_, index) => ({ kind: 'download', asset: `file-${index}`, title: `Handout ${index + 1}` }));
  return {
    format: 'lectern-course',
    formatVersion: 1,
    title: `A course of ${megabytes} MB`,
    slug: `course-of-${megabytes}-mb`,
    language: 'en',
    objectives: [],
    completionRule: 'ALL_REQUIRED_LESSONS',
    assets: ids.map((assetId, index) => ({ externalId: `file-${index}`, fileName: `handout-${index}.pdf`, assetId })),
    sections: [{ title: 'Handouts', lessons: [{ kind: 'page', title: 'Handouts', blocks }] }],
  };
}

async function upload({ service, authorization }: BenchService, name: string, bytes: number): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.7\n', randomBytes(bytes), '\n%%EOF\n']), name);
  const response = await fetch(`${service.url}/assets`, { method: 'POST', headers: { authorization }, body: form });
  const asset = (await response.json()) as { id?: string };
  if (asset.id === undefined) throw new Error(`The upload was refused: ${JSON.stringify(asset)}`);
  return asset.id;
}
