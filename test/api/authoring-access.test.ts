import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Author, courseContent, type Shown } from '../support/author.js';
import { courseSource } from '../support/course-source.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { withClient } from '../../src/platform/database/server.js';

let service: TestApp;
let author: Author;
let stranger: Author;
let course: Shown;
let section: Shown;
let page: Shown;

beforeAll(async () => {
  service = await createTestApp();
  author = new Author(service);
  ({ course, section, page } = await author.emptyPage('mine'));
  const { createOrganization } = await author.ask<{ createOrganization: { adminKey: string } }>(
    `mutation { createOrganization(input: { name: "Others" }) { ... on CreateOrganizationSuccess { adminKey: credentials } } }`,
  );
  stranger = new Author(service, createOrganization.adminKey);
}, 60_000);
afterAll(() => service.close());

describe("another organization's course", () => {
  it('is not there to read', async () => {
    const query = `query ($course: ID!, $page: ID!) {
      a: course(id: $course) { id } b: course(slug: "mine") { id } element(id: $page) { id } courseSource(courseId: $course)
      courses { totalCount nodes { id } } }`;
    expect(await stranger.ask(query, { course: course.id, page: page.id })).toEqual({
      a: null,
      b: null,
      element: null,
      courseSource: null,
      courses: { totalCount: 0, nodes: [] },
    });
  });

  it('is not there to change', async () => {
    const content = { text: { body: 'Hello' } };
    const attempts: [string, Record<string, unknown>][] = [
      ['updateCourse', { id: course.id, expectedRevision: 1, content: courseContent('theirs') }],
      ['deleteCourse', { id: course.id, expectedRevision: 1 }],
      ['copyCourse', { id: course.id, slug: 'theirs' }],
      ['createSection', { parentId: course.id, content: { title: 'Theirs' } }],
      ['createBlock', { parentId: page.id, content }],
      ['updateSection', { id: section.id, expectedRevision: 1, content: { title: 'Theirs' } }],
      ['moveElement', { id: page.id, position: 0 }],
      ['copyElement', { id: page.id }],
      ['deleteElement', { id: page.id, expectedRevision: 1 }],
    ];
    for (const [mutation, input] of attempts) {
      expect(await stranger.mutate(mutation, input, '__typename')).toMatchObject({
        __typename: 'NotFoundError',
        code: 'NOT_FOUND',
      });
    }
    expect(await author.ask('query ($id: ID!) { element(id: $id) { revision } }', { id: page.id })).toEqual({
      element: { revision: 1 },
    });
  });

  it('gets in no way of the same slug and the same external ids', async () => {
    await author.mutate('importCourse', { document: courseSource('same', 'same') }, 'created');
    const answer = await stranger.mutate('importCourse', { document: courseSource('same', 'same') }, 'created updated');
    expect(answer).toMatchObject({ created: 12, updated: 0 });
  });

  it("is no target for an element of one's own", async () => {
    const own = await stranger.emptyPage('own');
    const answer = await stranger.mutate('moveElement', { id: own.page.id, parentId: section.id }, '__typename');
    expect(answer.code).toBe('NOT_FOUND');
  });
});

describe('row-level security', () => {
  it('hides courses and elements of others from the role of the service, whatever the statement', async () => {
    await withClient(service.database.serviceUrl, async (client) => {
      const rows = async (sql: string) => (await client.query(sql)).rowCount;
      await client.query(`SELECT set_config('lectern.organization_id', '00000000-0000-7000-8000-00000000000a', false)`);
      for (const table of ['courses', 'elements']) {
        expect(await rows(`SELECT * FROM ${table}`)).toBe(0);
        expect(await rows(`UPDATE ${table} SET revision = 99`)).toBe(0);
        expect(await rows(`DELETE FROM ${table}`)).toBe(0);
      }
      const insert = `INSERT INTO courses (organization_id, id, slug, title, language, content)
        VALUES ('00000000-0000-7000-8000-00000000000b', gen_random_uuid(), 'x', 'x', 'en', '{}')`;
      await expect(client.query(insert)).rejects.toThrow('row-level security');
    });
    expect(await author.ask('query ($id: ID!) { course(id: $id) { revision } }', { id: course.id })).toEqual({
      course: { revision: 1 },
    });
  });
});

describe('a key without the scope "author"', () => {
  it('neither reads nor writes drafts', async () => {
    const { createApiKey } = await author.ask<{ createApiKey: { key: string } }>(
      `mutation { createApiKey(input: { name: "records", scopes: [RECORDS_READ] }) { ... on CreateApiKeySuccess { key: credentials } } }`,
    );
    const operations = [
      `{ course(id: "${course.id}") { id } }`,
      '{ courses { nodes { id } } }',
      `{ element(id: "${page.id}") { id } }`,
      `{ courseSource(courseId: "${course.id}") }`,
      `mutation { deleteElement(input: { id: "${page.id}", expectedRevision: 1 }) { __typename } }`,
      `mutation { createSection(input: { parentId: "${course.id}", content: { title: "x" } }) { __typename } }`,
      `mutation { importCourse(input: { document: {} }) { __typename } }`,
    ];
    for (const operation of operations) {
      const { errors } = await service.graphql(operation, {}, createApiKey.key);
      expect(errors![0]!.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});
