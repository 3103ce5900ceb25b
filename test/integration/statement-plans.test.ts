import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { searchStatement } from '../../modules/lrs/statements/statement-search.store.js';
import type { StatementSearch } from '../../modules/lrs/statements/statement-search.store.js';
import { positionAt } from '../../modules/lrs/statements/stored-statement.js';
import { PLANNING } from '../../src/platform/database/direct-sql.js';
import { withClient, withOptions } from '../../src/platform/database/server.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const ORGANIZATION = '00000000-0000-7000-8000-00000000000a';
const STATEMENTS = 30_000;
/** Three partitions share the statements: one a minute, around the turn of the year, and the rest in the year before. */
const YEAR = new Date().getUTCFullYear();
const FIRST = Date.UTC(YEAR - 1, 11, 20);
const MINUTE = 60_000;

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await withClient(database.ownerUrl, (owner) => owner.query('SELECT prepare_statement_partitions($1)', [YEAR - 2]));
  client = new pg.Client({ connectionString: withOptions(database.serviceUrl, PLANNING) });
  await client.connect();
  await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [ORGANIZATION]);
  await fill();
  await withClient(database.ownerUrl, (owner) => owner.query('ANALYZE'));
}, 120_000);
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Statement i has verb i % 10, activity i % 100, agent and registration i % 1000; each tenth is about the third before it. */
async function fill(): Promise<void> {
  const position = (index: string) => `(${FIRST} + ${index}::bigint * ${MINUTE}) * 1000000`;
  await client.query(`
    CREATE TEMP TABLE made AS
      SELECT i, gen_random_uuid() AS id, ${position('i')} AS position FROM generate_series(1, ${STATEMENTS}) AS i`);
  await client.query(
    `INSERT INTO statements (organization_id, id, position, verb_key, registration, target_id, voiding, payload)
     SELECT $1, made.id, made.position, md5('verb ' || i % 10)::uuid, md5('registration ' || i % 1000)::uuid, NULL, false, '{}'
       FROM made`,
    [ORGANIZATION],
  );
  await client.query('INSERT INTO statement_ids SELECT $1, id, position FROM made', [ORGANIZATION]);
  await client.query(
    `INSERT INTO statement_targets
     SELECT $1, target.id, made.position, made.id, made.i % 1000 = 0
       FROM made JOIN made AS target ON target.i = made.i - 3 WHERE made.i % 10 = 0`,
    [ORGANIZATION],
  );
  await client.query(
    `INSERT INTO statement_references
     SELECT $1, ${position('i')}, ${position('(i - 3)')}, md5('verb ' || (i - 3) % 10)::uuid, md5('registration ' || (i - 3) % 1000)::uuid
       FROM generate_series(10, ${STATEMENTS}, 10) AS i`,
    [ORGANIZATION],
  );
  const key = (index: string) =>
    `md5(kind || ' ' || CASE kind WHEN 'agent' THEN ${index} % 1000 WHEN 'activity' THEN ${index} % 100 ELSE 0 END)::uuid`;
  await client.query(
    `INSERT INTO statement_terms
     SELECT $1, ${key('i')}, ${position('i')}, kind <> 'authority'
       FROM generate_series(1, ${STATEMENTS}) AS i, unnest(ARRAY['agent', 'activity', 'authority']) AS kind`,
    [ORGANIZATION],
  );
  await client.query(
    `INSERT INTO statement_reference_terms
     SELECT $1, ${key('(i - 3)')}, ${position('i')}, ${position('(i - 3)')}, true
       FROM generate_series(10, ${STATEMENTS}, 10) AS i, unnest(ARRAY['agent', 'activity']) AS kind`,
    [ORGANIZATION],
  );
}

/** MD5 stands in for the keys of agents, activities and verbs. */
const keyOf = (kind: string, index: number) =>
  createHash('md5')
    .update(`${kind} ${index}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Subplans Removed'?: number;
  Plans?: Plan[];
}

const statementOf = (search: Partial<StatementSearch>) =>
  searchStatement(ORGANIZATION, { ascending: false, limit: 50, ...search });

/** @param mode as a statement is planned for its values, and as a prepared one is planned once for all */
async function planOf(search: Partial<StatementSearch>, mode: 'custom' | 'generic'): Promise<Plan[]> {
  const { text, values } = statementOf(search);
  const literals = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  await client.query(`SET plan_cache_mode = force_${mode}_plan; DEALLOCATE ALL; PREPARE search AS ${text}`);
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE search (${literals.join(', ')})`,
  );
  const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];
  return flat(rows[0]!['QUERY PLAN'][0].Plan);
}

const filters: Record<string, Partial<StatementSearch>> = {
  agent: { agent: { key: keyOf('agent', 7), related: false } },
  activity: { activity: { key: keyOf('activity', 7), related: true } },
  verb: { verbKey: keyOf('verb', 7) },
  registration: { registration: keyOf('registration', 7) },
  mine: { assertedBy: keyOf('authority', 0) },
  since: { since: FIRST + 300 * MINUTE },
  until: { until: FIRST + 29_000 * MINUTE },
  ascending: { ascending: true, after: positionAt(FIRST + 200 * MINUTE) },
};

/** All combinations. */
function* combinations(): Generator<[string, Partial<StatementSearch>]> {
  const names = Object.keys(filters);
  for (let chosen = 0; chosen < 2 ** names.length; chosen += 1) {
    const given = names.filter((_, bit) => (chosen >> bit) & 1);
    yield [given.join(', ') || 'nothing', Object.assign({}, ...given.map((name) => filters[name]))];
  }
}

describe('the plan of a page of statements', () => {
  it.each(['custom', 'generic'] as const)('(%s) reads no more than it must, whatever is asked for', async (mode) => {
    for (const [name, search] of combinations()) {
      if (mode === 'generic' && statementOf(search).name === undefined) continue;
      const nodes = await planOf(search, mode);
      const scans = nodes.filter((node) => node['Relation Name'] !== undefined);
      const sequential = scans.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
      const sorts = nodes.filter((node) => node['Node Type'] === 'Sort');
      const read = Math.max(...scans.map((node) => node['Actual Rows'] * node['Actual Loops']));
      expect({ name, sequential, sorts: sorts.length, much: read > 1_000 }).toEqual({
        name,
        sequential: [],
        sorts: 0,
        much: false,
      });
    }
  });

  it.each(['custom', 'generic'] as const)('(%s) leaves alone the partitions that time rules out', async (mode) => {
    const nodes = await planOf({ ...filters['verb'], until: Date.UTC(YEAR, 0, 1) - 1 }, mode);
    const touched = nodes
      .filter((node) => node['Actual Loops'] > 0)
      .flatMap((node) => node['Relation Name'] ?? [])
      .filter((relation) => /^statements_\d+$/.test(relation));
    expect(new Set(touched)).toEqual(new Set([`statements_${YEAR - 1}`]));
  });
});
