import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { courseDocument, type CourseDocument } from '../../exporters/document/index.js';
import { withClient } from '../../src/platform/database/server.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const IMPORT = `mutation ($document: CourseSource!) {
  importCourse(input: { document: $document }) {
    __typename
    ... on ImportCourseSuccess { course { id revision treeRevision sections { id title } } }
    ... on ValidationError { problems { code message path } }
  }
}`;
const PUBLISH = `mutation ($input: PublishCourseInput!) {
  publishCourse(input: $input) {
    __typename
    ... on PublishCourseSuccess { created version { id number contentHash documentUrl notes } }
    ... on ValidationError { problems { code path severity hint } }
    ... on RevisionConflictError { currentRevision }
    ... on UserError { code message path }
  }
}`;

interface Published {
  publishCourse: {
    __typename: string;
    created: boolean;
    currentRevision: number;
    problems: { code: string; severity: string }[];
    version: { id: string; number: number; contentHash: string; documentUrl: string };
  };
}

describe('publishing', () => {
  let app: TestApp;
  let sample: Record<string, unknown>;
  let course: { id: string; revision: number; treeRevision: number; sections: { id: string; title: string }[] };

  beforeAll(async () => {
    app = await createTestApp();
    sample = JSON.parse(await readFile('examples/social-media-at-work/course.json', 'utf8')) as Record<string, unknown>;
    course = await importCourse(sample);
  });
  afterAll(() => app.close());

  async function importCourse(document: Record<string, unknown>) {
    const { data, errors } = await app.graphql<{ importCourse: { __typename: string; course: typeof course } }>(
      IMPORT,
      { document },
    );
    expect({ errors, answer: data.importCourse }).toEqual({
      errors: undefined,
      answer: { __typename: 'ImportCourseSuccess', course: expect.anything() },
    });
    return data.importCourse.course;
  }

  const publish = async (input: Record<string, unknown>) =>
    (await app.graphql<Published>(PUBLISH, { input: { courseId: course.id, ...input } })).data.publishCourse;

  const read = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${app.adminKey}`, ...headers } });

  it('finds the sample course publishable, without an error', async () => {
    const { data } = await app.graphql<{ validateCourse: { publishable: boolean; problems: unknown[] } }>(
      `query ($id: ID!) { validateCourse(courseId: $id) { ... on CourseValidation { publishable problems { code severity message path hint } } } }`,
      { id: course.id },
    );
    expect(data.validateCourse).toEqual({ publishable: true, problems: [] });
  });

  it('freezes the draft into version 1, whose document its schema accepts', async () => {
    const { __typename, created, version } = await publish({ notes: 'First' });
    expect({ __typename, created, number: version.number }).toEqual({
      __typename: 'PublishCourseSuccess',
      created: true,
      number: 1,
    });
    const response = await read(version.documentUrl);
    const document = (await response.json()) as CourseDocument;
    expect(courseDocument.safeParse(document).error).toBeUndefined();
    expect(document).toMatchObject({ version: 1, contentHash: version.contentHash, title: sample['title'] });
    const again = await read(version.documentUrl, { 'if-none-match': response.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  it('makes no new version of a draft that has not changed', async () => {
    expect(await publish({})).toMatchObject({ created: false, version: { number: 1 } });
  });

  it('numbers the next version, keeps the ids of elements, and tells what differs', async () => {
    const first = (await publish({})).version;
    const [section] = course.sections;
    const changed = structuredClone(sample) as { sections: { title: string }[] };
    changed.sections[0]!.title = 'Where we all stand';
    course = await importCourse(changed);
    const second = (await publish({ expectedTreeRevision: course.treeRevision })).version;
    expect(second.number).toBe(2);
    const { data } = await app.graphql<{ compareVersions: { changes: unknown[] } }>(
      `query ($from: ID!, $to: ID!) { compareVersions(fromVersionId: $from, toVersionId: $to) {
        ... on CompareVersionsSuccess { changes { elementId elementType changes fields { field before after } } } } }`,
      { from: first.id, to: second.id },
    );
    expect(data.compareVersions.changes).toEqual([
      {
        elementId: section!.id,
        elementType: 'section',
        changes: ['CHANGED'],
        fields: [{ field: 'title', before: `"${section!.title}"`, after: '"Where we all stand"' }],
      },
    ]);
  });

  it('lists the versions, the latest first', async () => {
    const { data } = await app.graphql<{ courseVersions: { totalCount: number; nodes: { number: number }[] } }>(
      `query ($id: ID!) { courseVersions(courseId: $id, first: 10) { totalCount nodes { number title } } }`,
      { id: course.id },
    );
    expect(data.courseVersions).toMatchObject({ totalCount: 2, nodes: [{ number: 2 }, { number: 1 }] });
  });

  it('does not publish another revision than the one that was reviewed', async () => {
    expect(await publish({ expectedTreeRevision: course.treeRevision + 1 })).toMatchObject({
      __typename: 'RevisionConflictError',
      currentRevision: course.treeRevision,
    });
  });

  it('answers the same idempotency key with the same version', async () => {
    const [one, other] = await Promise.all([publish({ idempotencyKey: 'once' }), publish({ idempotencyKey: 'once' })]);
    expect(one.version).toEqual(other.version);
  });

  it('numbers versions without a gap when two publish at once', async () => {
    const document = structuredClone(sample) as { title: string };
    document.title = 'Both at once';
    course = await importCourse(document);
    const answers = await Promise.all([publish({}), publish({}), publish({})]);
    expect(answers.map(({ version }) => version.number)).toEqual([3, 3, 3]);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
  });

  it('refuses a draft with an error, listing every problem, and publishes nothing', async () => {
    const empty = await importCourse({ ...sample, externalId: 'empty', slug: 'empty', sections: [], assets: [] });
    const answer = await publish({ courseId: empty.id });
    expect(answer.__typename).toBe('ValidationError');
    expect(answer.problems.map(({ code }) => code)).toEqual(['NO_LESSON', 'NO_ASSESSMENT']);
    const { data } = await app.graphql<{ courseVersions: { totalCount: number } }>(
      `query ($id: ID!) { courseVersions(courseId: $id) { totalCount } }`,
      { id: empty.id },
    );
    expect(data.courseVersions.totalCount).toBe(0);
  });

  it.each([
    "UPDATE course_versions SET title = 'x'",
    'DELETE FROM course_versions',
    'TRUNCATE course_versions CASCADE',
  ])('lets nobody change or remove a version: %s', async (statement) => {
    await withClient(app.database.ownerUrl, async (client) => {
      await client.query(
        `SELECT set_config('lectern.organization_id', organization_id::text, false) FROM organizations`,
      );
      await expect(client.query(statement)).rejects.toThrow('a published version is never changed or removed');
    });
  });

  it('keeps versions of another organization out of sight', async () => {
    const { data } = await app.graphql<{ createOrganization: { credentials: string } }>(
      `mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { credentials } } }`,
    );
    const first = (await publish({})).version;
    const response = await fetch(`${app.url}${first.documentUrl}`, {
      headers: { authorization: `Bearer ${data.createOrganization.credentials}` },
    });
    expect(response.status).toBe(404);
  });

  it('serves the JSON Schemas of what goes in and comes out, without a key', async () => {
    const schema = (await (await fetch(`${app.url}/schemas/course-document.schema.json`)).json()) as Record<
      string,
      unknown
    >;
    expect(schema['title']).toBe('CourseDocument');
    const ofImports = await fetch(`${app.url}/schemas/course-import.schema.json`);
    expect(await ofImports.json()).toMatchObject({ type: 'object' });
  });
});
