/** importCourse of a course of 500 blocks over HTTP, against the bare driver inserting the same rows into a table with the same indexes. */
import pg from 'pg';
import { BLOCKS, largeCourse } from './large-course.js';
import { median, type Benchmark, type Row } from './row.js';
import { startBenchService, type BenchService } from './service.js';

const WARM_UPS = 5;
const ROUNDS = 15;
const IMPORT = `mutation ($document: CourseSource!) { importCourse(input: { document: $document }) {
  ... on ImportCourseSuccess { created } ... on UserError { message } } }`;

type ElementColumns = Readonly<Record<string, unknown>>;

async function importOnce(bench: BenchService, slug: string): Promise<number> {
  const document = largeCourse(slug);
  const began = performance.now();
  const { importCourse } = await bench.graphql<{ importCourse: { created?: number } }>(IMPORT, { document });
  if (importCourse.created === undefined) throw new Error(JSON.stringify(importCourse));
  return performance.now() - began;
}

/** One course's rows in one multi-row statement, in a transaction. */
async function insertOnce(client: pg.Client, rows: readonly ElementColumns[]): Promise<number> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map(
    (_, row) => `(${columns.map((__, index) => `$${row * columns.length + index + 1}`).join(',')})`,
  );
  const parameters = rows.flatMap((row) => columns.map((column) => row[column]));
  const began = performance.now();
  await client.query('BEGIN');
  await client.query(`INSERT INTO bare_elements (${columns.join(',')}) VALUES ${values.join(',')}`, parameters);
  await client.query('COMMIT');
  const took = performance.now() - began;
  await client.query('TRUNCATE bare_elements');
  return took;
}

async function compare(bench: BenchService, client: pg.Client): Promise<Row> {
  for (let round = 0; round < WARM_UPS; round += 1) await importOnce(bench, `warm-${round}`);
  const { rows } = await client.query<ElementColumns>(
    `SELECT organization_id, id, course_id, parent_id, type, kind, position, external_id, content::text AS content
       FROM elements WHERE course_id = (SELECT id FROM courses WHERE slug = 'warm-0')`,
  );
  await client.query('CREATE TABLE bare_elements (LIKE elements INCLUDING ALL)');
  for (let round = 0; round < WARM_UPS; round += 1) await insertOnce(client, rows);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await importOnce(bench, `round-${round}`));
    bare.push(await insertOnce(client, rows));
  }
  const [imported, inserted] = [median(ours), median(bare)];
  return {
    what: `importCourse, ${BLOCKS} blocks (time)`,
    ours: imported,
    bare: inserted,
    unit: 'ms',
    ratio: imported / inserted,
    wanted: 4,
    bound: 'at most',
  };
}

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

export default { name: 'import', run } satisfies Benchmark;
