import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Author, courseContent, type Shown } from '../support/author.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let service: TestApp;
let author: Author;

beforeAll(async () => {
  service = await createTestApp();
  author = new Author(service);
}, 60_000);
afterAll(() => service.close());

describe('a course', () => {
  it('is found by its id, its external id or its slug', async () => {
    const { id } = await author.course('by-name', { externalId: 'C-1' });
    const query = `query ($id: ID!) {
      a: course(id: $id) { id } b: course(externalId: "C-1") { id } c: course(slug: "by-name") { id title language completionRule }
      none: course(id: "nonsense") { id } }`;
    const found = { id };
    const whole = { id, title: 'Course by-name', language: 'en', completionRule: 'ALL_REQUIRED_LESSONS' };
    expect(await author.ask(query, { id })).toEqual({ a: found, b: found, c: whole, none: null });
  });

  it('is asked for by exactly one name', async () => {
    for (const names of ['', '(id: "a", slug: "b")']) {
      const { errors } = await service.graphql(`{ course${names} { id } }`);
      expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ code: 'ONE_NAME' }] });
    }
  });

  it('changes as a whole, when it is as the author last read it', async () => {
    const { id } = await author.course('change');
    const content = { ...courseContent('changed'), theme: { accent: '#1a5fb4' }, objectives: [{ text: 'Know it' }] };
    const fields = 'course { slug revision theme { accent corners } objectives { id text } }';
    const answer = await author.mutate('updateCourse', { id, expectedRevision: 1, content }, fields);
    expect(answer['course']).toEqual({
      slug: 'changed',
      revision: 2,
      theme: { accent: '#1a5fb4', corners: null },
      objectives: [{ id: 'a', text: 'Know it' }],
    });
    const again = await author.mutate('updateCourse', { id, expectedRevision: 1, content }, fields);
    expect(again).toMatchObject({
      __typename: 'CourseConflictError',
      currentRevision: 2,
      current: { id, revision: 2 },
    });
  });

  it('is refused with all its problems', async () => {
    const content = { ...courseContent('No Slug'), language: 'no language', estimatedMinutes: 0 };
    const answer = await author.mutate('createCourse', { content }, 'course { id }');
    expect(answer.problems).toEqual([
      {
        code: 'WRONG_FORMAT',
        message: 'slug must be lower-case letters and digits joined by hyphens.',
        path: ['content', 'slug'],
      },
      {
        code: 'RULE_BROKEN',
        message: 'language must be a BCP 47 language tag such as en or pt-BR.',
        path: ['content', 'language'],
      },
      { code: 'OUT_OF_RANGE', message: 'estimatedMinutes must be at least 1.', path: ['content', 'estimatedMinutes'] },
    ]);
  });

  it('has a slug of its own', async () => {
    await author.course('taken');
    const other = await author.course('other');
    const content = courseContent('taken');
    const taken = { __typename: 'ConflictError', code: 'CONFLICT', path: ['slug'] };
    expect(await author.mutate('createCourse', { content }, '__typename')).toMatchObject(taken);
    expect(
      await author.mutate('updateCourse', { id: other.id, expectedRevision: 1, content }, '__typename'),
    ).toMatchObject(taken);
    expect(await author.mutate('copyCourse', { id: other.id, slug: 'taken' }, '__typename')).toMatchObject(taken);
  });

  it('with a known external id is updated instead of created', async () => {
    const { id } = await author.course('upserted', { externalId: 'C-2' });
    const input = { externalId: 'C-2', content: courseContent('upserted-again') };
    const answer = await author.mutate('createCourse', input, 'created course { id slug revision }');
    expect(answer).toMatchObject({ created: false, course: { id, slug: 'upserted-again', revision: 2 } });
  });

  it('is copied with everything in it', async () => {
    const { course, page } = await author.emptyPage('original');
    await author.text(page.id, 'Hello');
    const fields =
      'course { id title slug sections { lessons { ... on PageLesson { blocks { id ... on TextBlock { body } } } } } }';
    const answer = await author.mutate('copyCourse', { id: course.id, slug: 'the-copy', title: 'The copy' }, fields);
    expect(answer['course']).toMatchObject({
      title: 'The copy',
      slug: 'the-copy',
      sections: [{ lessons: [{ blocks: [{ body: 'Hello' }] }] }],
    });
    expect((answer['course'] as Shown).id).not.toBe(course.id);
    expect(await author.textsOf(page.id)).toEqual(['Hello']);
  });

  it('is deleted with everything in it', async () => {
    const { course, page } = await author.emptyPage('deleted');
    expect(await author.mutate('deleteCourse', { id: course.id, expectedRevision: 2 }, 'deletedId')).toMatchObject({
      code: 'REVISION_CONFLICT',
    });
    const answer = await author.mutate('deleteCourse', { id: course.id, expectedRevision: 1 }, 'deletedId');
    expect(answer['deletedId']).toBe(course.id);
    const query = 'query ($a: ID!, $b: ID!) { course(id: $a) { id } element(id: $b) { id } }';
    expect(await author.ask(query, { a: course.id, b: page.id })).toEqual({ course: null, element: null });
  });

  it('counts every change in it, and remembers when the last was', async () => {
    const { course, page } = await author.emptyPage('counted');
    const query = 'query ($id: ID!) { course(id: $id) { revision treeRevision updatedAt } }';
    type Read = { course: { revision: number; treeRevision: number; updatedAt: string } };
    const before = await author.ask<Read>(query, { id: course.id });
    await author.text(page.id, 'Hello');
    const after = await author.ask<Read>(query, { id: course.id });
    expect(after.course.revision).toBe(1);
    expect(after.course.treeRevision).toBeGreaterThan(before.course.treeRevision);
    expect(Date.parse(after.course.updatedAt)).toBeGreaterThan(Date.parse(before.course.updatedAt));
  });
});

describe('the list of courses', () => {
  const titles = async (args: string): Promise<string[]> => {
    const { courses } = await author.ask<{ courses: { nodes: { title: string }[] } }>(
      `{ courses(${args}) { nodes { title } } }`,
    );
    return courses.nodes.map(({ title }) => title);
  };

  beforeAll(async () => {
    for (const [index, title] of ['Zebra law', 'Apple law', 'Mango 100% sure'].entries()) {
      const content = { ...courseContent(`listed-${index}`), title, language: index === 1 ? 'de' : 'nl' };
      await author.mutate('createCourse', { content, externalId: `L-${index}` }, 'course { id }');
    }
  });

  it('is searched in titles, word for word, by language and by external id', async () => {
    expect(await titles('search: "LAW", orderBy: TITLE')).toEqual(['Apple law', 'Zebra law']);
    expect(await titles('search: "100%"')).toEqual(['Mango 100% sure']);
    expect(await titles('search: "_"')).toEqual([]);
    expect(await titles('language: "de"')).toEqual(['Apple law']);
    expect(await titles('externalId: "L-0"')).toEqual(['Zebra law']);
  });

  it('is read page by page in each order, without a gap and without a repetition', async () => {
    for (const orderBy of ['NEWEST', 'OLDEST', 'TITLE', 'RECENTLY_CHANGED']) {
      const all = await titles(`first: 100, orderBy: ${orderBy}`);
      const paged: string[] = [];
      let after: string | undefined;
      do {
        const query = `query ($after: String) { courses(first: 2, after: $after, orderBy: ${orderBy}) {
          totalCount nodes { title } pageInfo { hasNextPage endCursor } } }`;
        const { courses } = await author.ask<{
          courses: {
            totalCount: number;
            nodes: { title: string }[];
            pageInfo: { hasNextPage: boolean; endCursor: string };
          };
        }>(query, { after });
        expect(courses.totalCount).toBe(all.length);
        paged.push(...courses.nodes.map(({ title }) => title));
        after = courses.pageInfo.hasNextPage ? courses.pageInfo.endCursor : undefined;
      } while (after !== undefined);
      expect(paged).toEqual(all);
    }
  });
});
