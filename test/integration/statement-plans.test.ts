import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { searchSql } from '../../modules/lrs/statements/statement-search.store.js';
import type { StatementSearch } from '../../modules/lrs/statements/statement-search.store.js';
import { withClient } from '../../src/platform/database/server.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const ORGANIZATION = '00000000-0000-7000-8000-00000000000a';
const STATEMENTS = 30_000;

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.serviceUrl });
  await client.connect();
  await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [ORGANIZATION]);
  await client.query(
    `INSERT INTO statements (organization_id, id, position, verb_key, registration, target_id, voiding, payload)
     SELECT $1, gen_random_uuid(), i * 1000000::bigint, md5('verb ' || i % 10)::uuid, md5('registration ' || i % 1000)::uuid,
            CASE WHEN i % 500 = 0 THEN gen_random_uuid() END, i % 1000 = 0, '{}'
       FROM generate_series(1, $2) AS i`,
    [ORGANIZATION, STATEMENTS],
  );
  await client.query(
    `INSERT INTO statement_terms (organization_id, key, position, narrow)
     SELECT $1, md5(kind || ' ' || CASE kind WHEN 'agent' THEN i % 1000 ELSE i % 100 END)::uuid, i * 1000000::bigint, true
       FROM generate_series(1, $2) AS i, unnest(ARRAY['agent', 'activity']) AS kind`,
    [ORGANIZATION, STATEMENTS],
  );
  await withClient(database.ownerUrl, (owner) => owner.query('ANALYZE statements, statement_terms'));
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** MD5 stands in for the keys of agents, activities and verbs. */
const keyOf = (kind: string, index: number) => createHash('md5').update(`${kind} ${index}`).digest('hex');

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: Plan[];
}

async function planOf(search: Partial<StatementSearch>): Promise<Plan[]> {
  const { text, parameters } = searchSql(ORGANIZATION, { ascending: false, limit: 50, ...search });
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
    parameters,
  );
  const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];
  return flat(rows[0]!['QUERY PLAN'][0].Plan);
}

describe('the plan of a page of statements', () => {
  const searches: [string, Partial<StatementSearch>][] = [
    ['without filters', {}],
    ['by agent', { agent: { key: keyOf('agent', 7), related: false } }],
    ['by activity', { activity: { key: keyOf('activity', 7), related: true } }],
    ['by verb', { verbKey: keyOf('verb', 3) }],
    ['by registration', { registration: keyOf('registration', 7) }],
    [
      'by agent and activity',
      {
        agent: { key: keyOf('agent', 7), related: true },
        activity: { key: keyOf('activity', 7), related: true },
      },
    ],
    ['ascending from a cursor', { verbKey: keyOf('verb', 3), ascending: true, after: '15000000000' }],
    ['between two times', { since: 100, until: 20_000 }],
  ];

  it.each(searches)('%s reads no more than it must', async (_, search) => {
    const nodes = await planOf(search);
    const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
    expect(scanned.filter((relation) => relation?.startsWith('statement'))).toEqual([]);
    const read = nodes
      .filter((node) => node['Relation Name'] !== undefined)
      .map((node) => node['Actual Rows'] * node['Actual Loops']);
    expect(Math.max(...read)).toBeLessThanOrEqual(1_000);
  });
});
