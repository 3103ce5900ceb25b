/**
 * The bad input that a service on the open network gets, one test each: a typed error that says what is wrong, nothing half
 * written, and a process that goes on. More of it: limits.test.ts (queries), assets.test.ts (files), course-import.test.ts
 * (documents), xapi-statements.test.ts and test/unit/xapi-validation.test.ts (statements), access.test.ts (keys).
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Author } from '../support/author.js';
import { courseSource } from '../support/course-source.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { minimalStatement, xapi } from '../support/statements.js';
import { everythingWithAnId, type Ids } from '../support/everything-with-an-id.js';
import { answersById, OPERATIONS_BY_ID, operationsById, withEveryId } from '../support/operations-by-id.js';
import { rowCounts } from '../support/row-counts.js';
import { zipOf } from '../support/one-file-zip.js';

let app: TestApp;
let author: Author;
let before: Record<string, number>;

beforeAll(async () => {
  app = await createTestApp();
  author = new Author(app);
}, 60_000);
afterAll(() => app.close());

beforeEach(async () => {
  before = await rowCounts(app.database.ownerUrl);
});
afterEach(async () => {
  expect(await rowCounts(app.database.ownerUrl)).toEqual(before);
  expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
});

interface ErrorAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** Posts bytes to /graphql. */
async function postBytes(body: string | Buffer): Promise<ErrorAnswer> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.adminKey}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const { errors } = (await response.json()) as { errors?: { message: string; extensions: { code: string } }[] };
  return { status: response.status, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
}

const importing = (document: unknown) => author.mutate('importCourse', { document }, 'created');

/** A course with one more file. */
const withFile = (fileName: string, bytes: string | Buffer) => ({
  ...courseSource('with-file'),
  assets: [
    ...courseSource('with-file').assets,
    { externalId: 'more', fileName, base64: Buffer.from(bytes).toString('base64') },
  ],
});

/** A course whose scenario has these nodes. */
const withNodes = (nodes: readonly unknown[]) => ({
  ...courseSource('with-nodes'),
  assets: [],
  sections: [{ title: 'Play', lessons: [{ kind: 'scenario', title: 'Play', nodes }] }],
});

describe('wrong types', () => {
  const content = { title: 'A', slug: 'a', language: 'en', objectives: [], completionRule: 'ALL_REQUIRED_LESSONS' };

  it.each([
    ['a number as a text', { content: { ...content, title: 5 } }, 'content.title'],
    ['a text as a list of objects', { content: { ...content, objectives: ['know'] } }, 'content.objectives[0]'],
    [
      'a value that the enum does not have',
      { content: { ...content, completionRule: 'LUCK' } },
      'content.completionRule',
    ],
    ['a field that nobody knows', { content: { ...content, colour: 'red' } }, 'colour'],
    ['a field that is missing', { content: { title: 'A' } }, 'completionRule'],
    ['a list as an object', { content: [content, content] }, 'content'],
    ['nothing at all', null, '$input'],
  ])('%s is named', async (_what, input, named) => {
    const query = 'mutation ($input: CreateCourseInput!) { createCourse(input: $input) { __typename } }';
    const answer = await postBytes(JSON.stringify({ query, variables: { input } }));
    expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT', message: expect.stringContaining(named) });
  });

  it('rules that the schema cannot say are answered in the result, with a path', async () => {
    const answer = await author.mutate(
      'createCourse',
      { content: { ...content, title: '', slug: 'Not a slug' } },
      '__typename',
    );
    expect(answer).toMatchObject({ __typename: 'ValidationError', code: 'VALIDATION_FAILED' });
    expect(answer.problems!.map(({ path }) => path.join('.')).sort()).toEqual(['content.slug', 'content.title']);
  });

  it.each(['null', '5', '"text"', '[]', '{"query": 5}', '{"query": "{ __typename }", "variables": []}'])(
    'the body %s is no operation',
    async (body) => {
      expect(await postBytes(body)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    },
  );
});

describe('too much', () => {
  it('a query of 10 MB', async () => {
    const query = `{ viewer(x: "${'x'.repeat(10_000_000)}") { __typename } }`;
    expect(await postBytes(JSON.stringify({ query }))).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  it('a query of 1,000 levels', async () => {
    const query = `{ ${'viewer { '.repeat(1_000)} id ${'} '.repeat(1_000)} }`;
    expect(await postBytes(JSON.stringify({ query }))).toMatchObject({ status: 400, code: 'QUERY_TOO_NESTED' });
  });

  it('a course of 200,000 nodes that fits into a body: its elements are counted, nothing more', async () => {
    const nodes = Array.from({ length: 200_000 }, () => ({ kind: 'scene', body: 'x' }));
    const began = process.cpuUsage();
    const answer = await importing(withNodes(nodes));
    const { user, system } = process.cpuUsage(began);
    expect(answer).toMatchObject({ code: 'VALIDATION_FAILED', problems: [{ code: 'COURSE_TOO_LARGE', path: [] }] });
    expect((user + system) / 1_000_000).toBeLessThan(4);
  });

  it('a course of 200,000 nodes that lead to one another: the body is not read to its end', async () => {
    const nodes = Array.from({ length: 200_000 }, (_, index) => ({
      externalId: `n${index}`,
      kind: 'scene',
      body: 'x',
      edges: [{ kind: 'edge', target: `n${index + 1}` }],
    }));
    const query = 'mutation ($document: CourseSource!) { importCourse(input: { document: $document }) { __typename } }';
    const body = JSON.stringify({ query, variables: { document: withNodes(nodes) } });
    expect(await postBytes(body)).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });
});

describe('a scenario that points to itself', () => {
  let courseId: string;
  beforeAll(async () => {
    const scene = { externalId: 'loop', kind: 'scene', body: 'Again.', edges: [{ kind: 'edge', target: 'loop' }] };
    const answer = await author.mutate('importCourse', { document: withNodes([scene]) }, 'course { id }');
    courseId = (answer['course'] as { id: string }).id;
  });

  it('is refused by publishing, which says where it has no end', async () => {
    const answer = await author.mutate('publishCourse', { courseId }, 'version { id }');
    expect(answer).toMatchObject({ __typename: 'ValidationError', code: 'VALIDATION_FAILED' });
    const lesson = ['sections', '0', 'lessons', '0'];
    expect(answer.problems).toMatchObject([
      { code: 'NO_ENDING', path: lesson },
      { code: 'LOOP_WITHOUT_EXIT', path: [...lesson, 'nodes', '0'] },
    ]);
  });
});

describe('files', () => {
  it.each([
    [
      'an SVG with a script',
      'a.svg',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'ACTIVE_CONTENT',
    ],
    ['a zip bomb', 'report.docx', zipOf('word/document.xml', Buffer.alloc(5_000_000)), 'UNSAFE_ARCHIVE'],
    ['a file name with ../', '../../etc/passwd.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'UNSAFE_FILE_NAME'],
    [
      'an SVG that is no UTF-8',
      'a.svg',
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(5_000)}\xff</svg>`, 'latin1'),
      'INVALID_UTF8',
    ],
  ])('%s, with its place in the course', async (_what, fileName, bytes, code) => {
    const answer = await importing(withFile(fileName, bytes));
    expect(answer).toMatchObject({ __typename: 'ValidationError', code: 'VALIDATION_FAILED' });
    expect(answer.problems).toMatchObject([{ code, message: expect.any(String) }]);
    expect(answer.problems![0]!.path.slice(0, 2)).toEqual(['assets', '1']);
  });

  it.each([
    [
      'ends too early',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nab',
    ],
    ['is something else', 'multipart/form-data; boundary=x', 'nonsense'],
    ['does not say where its parts end', 'multipart/form-data', '--x--'],
  ])('an upload that %s', async (_what, type, body) => {
    const headers = { authorization: `Bearer ${app.adminKey}`, 'content-type': type };
    const answer = await fetch(`${app.url}/assets`, { method: 'POST', headers, body });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ error: { problems: [{ code: 'MALFORMED_BODY', path: ['file'] }] } });
  });
});

describe('invalid UTF-8', () => {
  const broken = (text: string) => Buffer.from(text.replace('?', '\xff'), 'latin1');

  it('in an operation is refused, and never stored as something else', async () => {
    const query = 'mutation { createOrganization(input: { name: \\"A?\\" }) { __typename } }';
    expect(await postBytes(broken(`{"query": "${query}"}`))).toEqual({
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The body is not UTF-8.',
    });
  });

  it('in a statement', async () => {
    const body = broken(JSON.stringify(minimalStatement({ result: { response: '?' } })));
    const answer = await xapi(app, 'POST', '/statements', { body });
    expect([answer.status, answer.json]).toMatchObject([400, { error: { code: 'MALFORMED_UTF8' } }]);
  });

  it('as half of a surrogate pair', async () => {
    const answer = await author.mutate('createOrganization', { name: 'A\ud800' }, '__typename');
    expect(answer).toMatchObject({
      code: 'VALIDATION_FAILED',
      problems: [{ code: 'BROKEN_SURROGATE', path: ['input', 'name'] }],
    });
  });
});

describe('ids', () => {
  let ids: Ids;
  let stranger: string;
  beforeAll(async () => {
    ids = await everythingWithAnId(app);
    const made = await author.mutate('createOrganization', { name: 'Others' }, 'credentials');
    stranger = made['credentials'] as string;
  });

  const answers = (given: Ids, key: string) => answersById(app, given, key);
  const nothing = (answer: string) => ['null', 'empty', 'NOT_FOUND'].includes(answer);

  it('are taken by operations that are all tried here', () => {
    expect(operationsById().sort()).toEqual(Object.keys(OPERATIONS_BY_ID).sort());
  });

  it('of things that are there lead to them', async () => {
    const read = await answersById(app, ids, app.adminKey, 'query');
    expect(Object.entries(read).filter(([, answer]) => answer !== 'done')).toEqual([]);
  });

  it('of another organization are not there: nothing is read, nothing changes', async () => {
    expect(Object.entries(await answers(ids, stranger)).filter(([, answer]) => !nothing(answer))).toEqual([]);
  });

  it('of nothing are not there', async () => {
    const unknown = withEveryId(ids, () => randomUUID());
    expect(Object.entries(await answers(unknown, app.adminKey)).filter(([, answer]) => !nothing(answer))).toEqual([]);
  });

  it('that are no ids are not there, or are refused', async () => {
    const wrong = Object.entries(
      await answers(
        withEveryId(ids, () => "1'; --"),
        app.adminKey,
      ),
    );
    expect(
      wrong.filter(([, answer]) => !nothing(answer) && !/^(BAD_USER_INPUT|VALIDATION_FAILED)$/.test(answer)),
    ).toEqual([]);
  });
});

describe('a statement without actor', () => {
  const { actor: _, ...headless } = minimalStatement();

  it('is refused, and says what is missing', async () => {
    const answer = await xapi(app, 'POST', '/statements', { body: headless });
    expect([answer.status, answer.json]).toMatchObject([
      400,
      { error: { code: 'VALIDATION_FAILED', message: expect.stringContaining('actor'), path: ['actor'] } },
    ]);
  });

  it('takes its whole batch with it', async () => {
    const answer = await xapi(app, 'POST', '/statements', { body: [minimalStatement(), headless, minimalStatement()] });
    expect([answer.status, answer.json]).toMatchObject([400, { error: { path: ['1', 'actor'] } }]);
  });
});
