/** The tree of a course of 500 blocks by GraphQL, against one hand-written SQL that returns the same JSON; both over HTTP. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { BLOCKS, largeCourse } from './large-course.js';
import { median, type Benchmark, type Row } from './row.js';
import { startBenchService, type BenchService } from './service.js';

const WARM_UPS = 40;
const ROUNDS = 60;

const QUERY = `query ($id: ID!) { course(id: $id) { id title sections { id title lessons { id title ... on PageLesson {
  blocks {
    __typename id revision
    ... on TextBlock { body }
    ... on HeadingBlock { level text }
    ... on CalloutBlock { tone title body }
    ... on AccordionBlock { items { id title body } }
  } } } } } }`;

const SQL = `
  SELECT json_build_object('data', json_build_object('course', json_build_object(
    'id', c.id, 'title', c.title, 'sections', (
      SELECT json_agg(json_build_object('id', s.id, 'title', s.content->'title', 'lessons', (
        SELECT json_agg(json_build_object('id', l.id, 'title', l.content->'title', 'blocks', (
          SELECT json_agg(CASE b.kind
            WHEN 'text' THEN json_build_object('__typename', 'TextBlock', 'id', b.id, 'revision', b.revision, 'body', b.content->'body')
            WHEN 'heading' THEN json_build_object('__typename', 'HeadingBlock', 'id', b.id, 'revision', b.revision,
              'level', b.content->'level', 'text', b.content->'text')
            WHEN 'callout' THEN json_build_object('__typename', 'CalloutBlock', 'id', b.id, 'revision', b.revision,
              'tone', b.content->'tone', 'title', b.content->'title', 'body', b.content->'body')
            WHEN 'accordion' THEN json_build_object('__typename', 'AccordionBlock', 'id', b.id, 'revision', b.revision,
              'items', b.content->'items')
            END ORDER BY b.position)
          FROM elements b WHERE b.organization_id = l.organization_id AND b.parent_id = l.id)) ORDER BY l.position)
        FROM elements l WHERE l.organization_id = s.organization_id AND l.parent_id = s.id)) ORDER BY s.position)
      FROM elements s WHERE s.organization_id = c.organization_id AND s.course_id = c.id AND s.parent_id IS NULL))))::text AS answer
    FROM courses c WHERE c.organization_id = $1 AND c.id = $2`;

interface Course {
  readonly id: string;
  readonly organizationId: string;
}

/** A server that does nothing but run the SQL and send what it gives. */
async function bareServer(client: pg.Client, course: Course): Promise<{ server: Server; url: string }> {
  const statement = { name: 'tree', text: SQL, values: [course.organizationId, course.id] };
  const server = createServer((_, response) => {
    client.query<{ answer: string }>(statement).then(
      ({ rows }) => response.setHeader('content-type', 'application/json').end(rows[0]?.answer),
      (error: unknown) => response.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function timed(send: () => Promise<Response>): Promise<{ took: number; body: string }> {
  const began = performance.now();
  const body = await (await send()).text();
  return { took: performance.now() - began, body };
}

async function importLarge(bench: BenchService, client: pg.Client): Promise<Course> {
  await bench.graphql(
    'mutation ($document: CourseSource!) { importCourse(input: { document: $document }) { __typename } }',
    {
      document: largeCourse('large'),
    },
  );
  await client.query('ANALYZE courses, elements');
  const { rows } = await client.query<Course>(`SELECT id, organization_id AS "organizationId" FROM courses`);
  if (rows[0] === undefined) throw new Error('The course was not imported.');
  return rows[0];
}

async function compare(bench: BenchService, client: pg.Client): Promise<Row> {
  const course = await importLarge(bench, client);
  const bare = await bareServer(client, course);
  const headers = { authorization: bench.authorization, 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify({ query: QUERY, variables: { id: course.id } }) };
  const ask = {
    ours: () => timed(() => fetch(`${bench.service.url}/graphql`, request)),
    bare: () => timed(() => fetch(bare.url)),
  };
  try {
    const [graphql, sql] = [
      JSON.parse((await ask.ours()).body) as { data: unknown },
      JSON.parse((await ask.bare()).body) as { data: unknown },
    ];
    if (!isDeepStrictEqual(graphql.data, sql.data)) throw new Error('GraphQL and the SQL do not return the same.');
    const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
      const [ours, without] = [await ask.ours(), await ask.bare()];
      if (round < 0) continue;
      times.ours.push(ours.took);
      times.bare.push(without.took);
    }
    return rowOf(median(times.ours), median(times.bare));
  } finally {
    bare.server.closeAllConnections();
    bare.server.close();
  }
}

const rowOf = (ours: number, bare: number): Row => ({
  what: `course tree, ${BLOCKS} blocks, over HTTP (time)`,
  ours,
  bare,
  unit: 'ms',
  ratio: ours / bare,
  wanted: 3,
  bound: 'at most',
});

async function run(): Promise<Row[]> {
  const bench = await startBenchService();
  const client = new pg.Client({ connectionString: bench.service.database.ownerUrl });
  try {
    await client.connect();
    return [await compare(bench, client)];
  } finally {
    await client.end();
    await bench.close();
  }
}

export default { name: 'tree', run } satisfies Benchmark;
