/** POST /xapi/statements in batches, against the bare driver inserting the same rows into tables with the same indexes. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import pg from 'pg';
import type { Benchmark, Row } from './row.js';
import { startBenchService, type BenchService } from './service.js';

const BATCH = 50;
const CLIENTS = 4;
const BATCHES_A_ROUND = 60;
const ROUNDS = 5;

const agent = new Agent({ keepAlive: true });
const COURSE = 'urn:lectern:course:01a2027b-90b3-7000-bb84-9acd77e731fc';

/** A row of a table, by its columns. */
type TableRow = Readonly<Record<string, unknown>>;

interface BareTable {
  readonly name: string;
  readonly columns: readonly string[];
}

const STATEMENTS: BareTable = {
  name: 'statements',
  columns: ['organization_id', 'id', 'position', 'verb_key', 'registration', 'target_id', 'voiding', 'payload'],
};
const TERMS: BareTable = { name: 'statement_terms', columns: ['organization_id', 'key', 'position', 'narrow'] };

/** What the player sends for an answer; about 1,300 bytes once it is stored. */
function statement(registration: string): Record<string, unknown> {
  const element = (id: string) => ({ objectType: 'Activity', id: `${COURSE}:element:${id}` });
  const choices = ['Reply at once', 'Ask a colleague first', 'Wait until tomorrow', 'Delete the comment'];
  return {
    id: randomUUID(),
    actor: {
      objectType: 'Agent',
      name: 'Learner',
      account: { homePage: 'https://lms.example.com', name: registration },
    },
    verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { en: 'answered' } },
    object: {
      ...element('01a2027b-90b4-7000-9ea7-a9b5d5f82e9f'),
      definition: {
        type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
        name: { en: 'A customer complains in public. What do you do first?' },
        interactionType: 'choice',
        correctResponsesPattern: ['c2'],
        choices: choices.map((text, index) => ({ id: `c${index + 1}`, description: { en: text } })),
      },
    },
    result: { response: 'c2', success: true, score: { scaled: 1 }, duration: 'PT12.34S' },
    context: {
      registration,
      contextActivities: {
        parent: [element('01a2027b-90b4-7000-9ea7-a9b5d5f82e00')],
        grouping: [{ objectType: 'Activity', id: COURSE }],
      },
      revision: '1',
      language: 'en',
      extensions: { 'urn:lectern:xapi:seconds-spent': 321.5 },
    },
    timestamp: new Date().toISOString(),
  };
}

/** Calls `send` with each batch, from several clients at once. @returns statements a second */
async function measure(
  batches: readonly string[][],
  send: (batch: string[], client: number) => Promise<void>,
): Promise<number> {
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let batch = batches[next++]; batch; batch = batches[next++]) await send(batch, client);
    }),
  );
  return (batches.length * BATCH) / ((performance.now() - began) / 1_000);
}

/** node:http, since fetch alone takes as much time as the service has for a batch. */
function post({ service, authorization }: BenchService, batch: readonly string[]): Promise<void> {
  const headers = { authorization, 'content-type': 'application/json', 'x-experience-api-version': '1.0.3' };
  return new Promise((resolve, reject) => {
    const sending = request(`${service.url}/xapi/statements`, { method: 'POST', headers, agent }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`The service answered ${answer.statusCode}.`));
      });
    });
    sending.on('error', reject).end(`[${batch.join(',')}]`);
  });
}

/** One multi-row INSERT a table, in one transaction. */
async function insertBare(
  client: pg.Client,
  tables: readonly (readonly [BareTable, readonly TableRow[]])[],
): Promise<void> {
  await client.query('BEGIN');
  for (const [{ name, columns }, rows] of tables) {
    const values = rows.map(
      (_, row) => `(${columns.map((_column, index) => `$${row * columns.length + index + 1}`).join(',')})`,
    );
    const parameters = rows.flatMap((row) => columns.map((column) => row[column]));
    await client.query({
      name: `${name} ${rows.length}`,
      text: `INSERT INTO bare_${name} (${columns.join(',')}) VALUES ${values.join(',')}`,
      values: parameters,
    });
  }
  await client.query('COMMIT');
}

/** What the service stored of the latest round, batch by batch, as the bare driver is to insert it again. */
async function storedRows(client: pg.Client, since: string): Promise<(readonly [BareTable, readonly TableRow[]])[][]> {
  const { rows } = await client.query<TableRow & { position: string }>(
    'SELECT *, payload::text AS payload FROM statements WHERE position > $1 ORDER BY position',
    [since],
  );
  const { rows: terms } = await client.query<TableRow & { position: string }>(
    'SELECT * FROM statement_terms WHERE position > $1',
    [since],
  );
  const termsAt = groupByPosition(terms);
  return Array.from({ length: rows.length / BATCH }, (_, index) => {
    const batch = rows.slice(index * BATCH, (index + 1) * BATCH);
    return [
      [STATEMENTS, batch] as const,
      [TERMS, batch.flatMap(({ position }) => termsAt.get(position) ?? [])] as const,
    ];
  });
}

function groupByPosition<Row extends { position: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.position, [...(groups.get(row.position) ?? []), row]);
  return groups;
}

async function round(bench: BenchService, clients: readonly pg.Client[]): Promise<{ ours: number; bare: number }> {
  const [first] = clients as [pg.Client];
  const { rows } = await first.query<{ position: string }>(
    'SELECT coalesce(max(position), 0)::text AS position FROM statements',
  );
  const batches = Array.from({ length: BATCHES_A_ROUND }, () => {
    const registration = randomUUID();
    return Array.from({ length: BATCH }, () => JSON.stringify(statement(registration)));
  });
  const ours = await measure(batches, (batch) => post(bench, batch));
  const copies = await storedRows(first, rows[0]!.position);
  const byText = new Map(copies.map((copy, index) => [batches[index] as string[], copy]));
  const bare = await measure([...byText.keys()], (batch, client) =>
    insertBare(clients[client] as pg.Client, byText.get(batch)!),
  );
  return { ours, bare };
}

async function run(): Promise<Row[]> {
  const bench = await startBenchService();
  const clients = Array.from(
    { length: CLIENTS },
    () => new pg.Client({ connectionString: bench.service.database.ownerUrl }),
  );
  try {
    await Promise.all(clients.map((client) => client.connect()));
    for (const { name } of [STATEMENTS, TERMS]) {
      await clients[0]!.query(`CREATE TABLE bare_${name} (LIKE ${name} INCLUDING ALL)`);
    }
    await round(bench, clients);
    const rounds = [];
    for (let count = 0; count < ROUNDS; count += 1) rounds.push(await round(bench, clients));
    rounds.sort((one, other) => one.ours / one.bare - other.ours / other.bare);
    const { ours, bare } = rounds[Math.floor(ROUNDS / 2)]!;
    const what = `POST /xapi/statements, batches of ${BATCH} from ${CLIENTS} clients`;
    return [{ what, ours, bare, ratio: ours / bare, wanted: 0.4, unit: 'statements/s' }];
  } finally {
    await Promise.all(clients.map((client) => client.end()));
    await bench.close();
  }
}

export default { name: 'statements', run } satisfies Benchmark;
