import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { Author, courseContent, type Shown } from '../support/author.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let service: TestApp;
let author: Author;

beforeAll(async () => {
  service = await createTestApp();
  author = new Author(service);
}, 60_000);
afterAll(() => service.close());

/** The SQL statements that the service runs meanwhile, those of other connections' housekeeping left out. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    const texts = query.mock.calls.map(([first]: unknown[]) =>
      typeof first === 'string' ? first : (first as { text: string }).text,
    );
    return texts.filter((text) => /\b(courses|elements)\b/.test(text));
  } finally {
    query.mockRestore();
  }
}

const blocks = (count: number, from: number) =>
  Array.from({ length: count }, (_, index) => ({ kind: 'text', body: `Block ${from + index}` }));

async function importCourse(slug: string, lessons: number, blocksEach: number): Promise<Shown> {
  const document = {
    format: 'lectern-course',
    formatVersion: 1,
    ...courseContent(slug),
    sections: [
      {
        title: 'Section',
        lessons: Array.from({ length: lessons }, (_, index) => ({
          kind: 'page',
          title: `Lesson ${index}`,
          blocks: blocks(blocksEach, index * blocksEach),
        })),
      },
    ],
  };
  const answer = await author.mutate('importCourse', { document }, 'created course { id revision }');
  return answer['course'] as Shown;
}

const TREE = `sections { id title lessons { id title ... on PageLesson { blocks { id ... on TextBlock { body } } } } }`;

describe('the tree of a course', () => {
  it('of 200 blocks takes as many statements as one of a single block', async () => {
    const large = await importCourse('large', 20, 10);
    const small = await importCourse('small', 1, 1);
    const read = (id: string) => () => author.ask(`query ($id: ID!) { course(id: $id) { title ${TREE} } }`, { id });
    const [many, few] = [await statementsOf(read(large.id)), await statementsOf(read(small.id))];
    expect(many).toHaveLength(2);
    expect(few).toHaveLength(many.length);
  });

  it('is read once for a list of courses', async () => {
    const statements = await statementsOf(() => author.ask(`{ courses(first: 5) { nodes { id ${TREE} } } }`));
    expect(statements).toHaveLength(2);
  });

  it('is not read when nobody asks for it', async () => {
    const { id } = await importCourse('lazy', 1, 1);
    const read = () => author.ask('query ($id: ID!) { course(id: $id) { title } element(id: $id) { id } }', { id });
    expect((await statementsOf(read)).filter((text) => text.includes('ORDER BY position'))).toEqual([]);
  });

  it('has every element in its place', async () => {
    const { id } = await importCourse('places', 2, 3);
    const { course } = await author.ask<{ course: { sections: unknown } }>(
      `query ($id: ID!) { course(id: $id) { sections { lessons { title ... on PageLesson { blocks { ... on TextBlock { body } } } } } } }`,
      { id },
    );
    const lesson = (title: string, from: number) => ({ title, blocks: blocks(3, from).map(({ body }) => ({ body })) });
    expect(course.sections).toEqual([{ lessons: [lesson('Lesson 0', 0), lesson('Lesson 1', 3)] }]);
  });
});
