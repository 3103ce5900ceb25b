/** Questions about 200,000 statements by GraphQL, against hand-written SQL on the same tables; and what facts cost. */
import pg from 'pg';
import { DEFAULT_ORGANIZATION_ID } from '../modules/access/index.js';
import { FactsProjector } from '../modules/insights/index.js';
import { HttpConnection } from './lrs/http-connection.js';
import { courseId, statementText, verbId } from './lrs/statement-source.js';
import { median, type Benchmark, type Row } from './row.js';
import { startBenchService, type BenchService } from './service.js';

const STATEMENTS = 200_000;
const BATCH = 500;
const WARM_UPS = 5;
const ROUNDS = 30;

const TABLES = ['statement_facts', 'fact_terms', 'fact_words', 'fact_contexts', 'fact_cursors'];

/** A question, and the SQL that somebody would write for it; $1 is the organization. */
interface Question {
  readonly what: string;
  readonly graphql: string;
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly wanted: number;
}

const TERM = (parameter: string) =>
  `(SELECT id FROM fact_terms WHERE organization_id = $1 AND value = ${parameter} LIMIT 1)`;

const QUESTIONS: readonly Question[] = [
  {
    what: 'statements, a page of 100 by verb',
    graphql: `{ statements(filter: { verbs: ["${verbId(3)}"] }, first: 100) { nodes { id timestamp json } } }`,
    sql: `SELECT s.payload::text FROM (
            SELECT position FROM statement_facts WHERE organization_id = $1 AND verb = ${TERM('$2')} AND NOT voided
             ORDER BY position DESC LIMIT 100) AS page JOIN statements s USING (position) WHERE s.organization_id = $1
           ORDER BY position DESC`,
    values: [verbId(3)],
    wanted: 10,
  },
  {
    what: 'statements, a page of 20 by course, verb and text',
    graphql: `{ statements(filter: { groupings: ["${courseId(3)}"], verbs: ["${verbId(3)}"], text: "learner 3" }, first: 20) {
                nodes { id timestamp actor { name } result { score { scaled } } } } }`,
    sql: `SELECT s.payload::text FROM (
            SELECT position FROM statement_facts f
             WHERE organization_id = $1 AND NOT voided AND verb = ${TERM('$3')}
               AND context IN (SELECT context FROM fact_contexts
                                WHERE organization_id = $1 AND role = 2 AND term = ${TERM('$2')})
               AND actor IN (SELECT term FROM fact_words WHERE organization_id = $1 AND word >= '3' AND word < '4')
             ORDER BY position DESC LIMIT 20) AS page JOIN statements s USING (position) WHERE s.organization_id = $1
           ORDER BY position DESC`,
    values: [courseId(3), verbId(3)],
    wanted: 10,
  },
  {
    what: 'statementAggregate, all by verb',
    graphql: `{ statementAggregate(groupBy: [VERB]) { ... on StatementAggregate {
                groups { verb { id } count successRate scaled { average } } } } }`,
    sql: `SELECT verb, count(*), avg(success::integer), avg(scaled) FROM statement_facts
           WHERE organization_id = $1 AND NOT voided GROUP BY verb ORDER BY 2 DESC`,
    values: [],
    wanted: 3,
  },
  {
    what: 'statementAggregate, a course by day with distinct actors',
    graphql: `{ statementAggregate(filter: { groupings: ["${courseId(3)}"] }, groupBy: [DAY]) { ... on StatementAggregate {
                groups { from count distinctActors } } } }`,
    sql: `SELECT date_trunc('day', happened_at AT TIME ZONE 'UTC'), count(*), count(DISTINCT actor) FROM statement_facts
           WHERE organization_id = $1 AND NOT voided
             AND context IN (SELECT context FROM fact_contexts
                              WHERE organization_id = $1 AND role = 2 AND term = ${TERM('$2')}) GROUP BY 1 ORDER BY 1`,
    values: [courseId(3)],
    wanted: 3,
  },
];

async function fill({ service, authorization }: BenchService): Promise<void> {
  const connection = await HttpConnection.open(service.url);
  const headers = { authorization, 'content-type': 'application/json', 'x-experience-api-version': '1.0.3' };
  for (let sent = 0; sent < STATEMENTS; sent += BATCH) {
    const texts = Array.from({ length: BATCH }, (_, index) => statementText(sent + index));
    const request = { method: 'POST', path: '/xapi/statements', headers, body: `[${texts.join()}]` } as const;
    const { status, body } = await connection.send(request);
    if (status !== 200) throw new Error(`The service answered ${status}: ${body}`);
  }
  connection.close();
}

async function bytesOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    'SELECT sum(pg_total_relation_size(name::regclass)) AS bytes FROM unnest($1::text[]) AS name',
    [TABLES],
  );
  return Number(rows[0]!.bytes);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function compare(bench: BenchService, client: pg.Client, question: Question): Promise<Row> {
  const { what, graphql, sql, values, wanted } = question;
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    const ours = await timed(() => bench.graphql(graphql, {}));
    const bare = await timed(() => client.query(sql, [DEFAULT_ORGANIZATION_ID, ...values]));
    if (round < 0) continue;
    times.ours.push(ours);
    times.bare.push(bare);
  }
  const [ours, bare] = [median(times.ours), median(times.bare)];
  return { what, ours, bare, ratio: ours / bare, wanted, bound: 'at most', unit: 'ms' };
}

async function run(): Promise<Row[]> {
  const bench = await startBenchService();
  const client = new pg.Client({ connectionString: bench.service.database.ownerUrl });
  try {
    await client.connect();
    await fill(bench);
    const projector = bench.service.app.get(FactsProjector, { strict: false });
    const took = await timed(() => projector.catchUp(DEFAULT_ORGANIZATION_ID));
    await client.query(`VACUUM ANALYZE ${TABLES.join(', ')}`);
    const bytes = await bytesOf(client);
    const rows: Row[] = [
      {
        what: 'facts, brought up to date from nothing',
        ours: STATEMENTS / (took / 1_000),
        wanted: 4_000,
        unit: 'statements/s',
      },
      { what: 'facts, on the disk', ours: bytes / STATEMENTS, wanted: 300, bound: 'at most', unit: 'bytes/statement' },
    ];
    for (const question of QUESTIONS) rows.push(await compare(bench, client, question));
    return rows;
  } finally {
    await client.end();
    await bench.close();
  }
}

export default { name: 'insights', run } satisfies Benchmark;
