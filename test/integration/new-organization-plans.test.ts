/**
 * What background work reads of an organization that PostgreSQL's statistics do not know yet: it came after them, all at once,
 * as with an import. The planner takes it for empty then.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { StatementHistory, StatementProjector } from '../../modules/lrs/index.js';
import { StatementInsertStore } from '../../modules/lrs/statements/writing/statement-insert.store.js';
import { StatementReferenceStore } from '../../modules/lrs/statements/references/statement-reference.store.js';
import type { DirectSql } from '../../src/platform/database/direct-sql.js';
import { Sql } from '../../src/platform/database/sql.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { withClient } from '../../src/platform/database/server.js';
import { minimalStatement, post } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const KNOWN = randomUUID();
const NEW = randomUUID();
const STATEMENTS = { [KNOWN]: 20_000, [NEW]: 5_000 };
const STEP = 500;
/** A few times all statements of the organization, for each of two questions: but not for each statement. */
const ALL = 20 * STATEMENTS[NEW]!;
const REGISTRATIONS = 100;
/** The first. */
const REGISTRATION = createHash('md5').update('registration 0').digest('hex');
const END = String(2n ** 62n);
const FIRST = Date.UTC(new Date().getUTCFullYear(), 0, 1);

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.serviceUrl });
  await client.connect();
  await withClient(database.ownerUrl, async (owner) => {
    await owner.query(`DO $$ DECLARE t regclass; BEGIN
      FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', t);
      END LOOP; END $$`);
  });
  await fill(KNOWN);
  await withClient(database.ownerUrl, (owner) => owner.query('ANALYZE'));
  await fill(NEW);
}, 120_000);
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** One statement a second; each tenth voids the one before it. */
async function fill(organization: string): Promise<void> {
  await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [organization]);
  await client.query(
    `CREATE TEMP TABLE made AS
       SELECT i, md5($1::text || i)::uuid AS id, (${FIRST} + i::bigint * 1000) * 1000000 AS position, i % 10 = 0 AS voiding
         FROM generate_series(1, ${STATEMENTS[organization]!}) AS i`,
    [organization],
  );
  await client.query(
    `INSERT INTO statements (organization_id, id, position, verb_key, registration, target_id, voiding, payload)
     SELECT $1::uuid, id, position, md5('verb')::uuid, md5('registration ' || i % ${REGISTRATIONS})::uuid,
            CASE WHEN voiding THEN md5($2::text || (i - 1))::uuid END, voiding, '{}' FROM made`,
    [organization, organization],
  );
  await client.query('INSERT INTO statement_ids SELECT $1, id, position FROM made', [organization]);
  await client.query(
    `INSERT INTO statement_targets (organization_id, target_id, position, id, voiding)
     SELECT $1::uuid, md5($2::text || (i - 1))::uuid, position, id, true FROM made WHERE voiding`,
    [organization, organization],
  );
  await client.query('DROP TABLE made');
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Plan[];
}

const rowsOf = (plan: Plan): number =>
  plan['Actual Loops'] *
    (plan['Actual Rows'] +
      (plan['Rows Removed by Filter'] ?? 0) +
      (plan['Rows Removed by Join Filter'] ?? 0) +
      (plan['Rows Removed by Index Recheck'] ?? 0)) +
  (plan.Plans ?? []).reduce((sum, each) => sum + rowsOf(each), 0);

const literal = (value: unknown): string =>
  Array.isArray(value) ? `'{${value.join(',')}}'` : typeof value === 'number' ? String(value) : `'${String(value)}'`;

/** How many rows all nodes of the plans of what the work asks have touched together, and how many it found at last. */
async function rowsTouched(work: (sql: Sql) => Promise<unknown>): Promise<{ touched: number; found: number }> {
  let touched = 0;
  let found = 0;
  const explaining = {
    async query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      await client.query(`DEALLOCATE ALL; PREPARE asked AS ${text}`);
      const values = parameters.length > 0 ? `(${parameters.map(literal).join(', ')})` : '';
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked${values}`,
      );
      touched += rowsOf(rows[0]!['QUERY PLAN'][0].Plan);
      const answer = (await client.query(text, [...parameters])).rows as Row[];
      found = answer.length;
      return answer;
    },
  };
  await work(explaining as unknown as Sql);
  return { touched, found };
}

const history = (sql: Sql) => new StatementHistory(sql);
const positions = (sql: Sql) => history(sql).positions(NEW, '0', END, STEP);
const ids = async (sql: Sql) => (await history(sql).page(NEW, '0', END, STEP)).map(({ id }) => id);
const inserts = (sql: Sql) => new StatementInsertStore(undefined as unknown as DirectSql, sql);
const references = (sql: Sql) => new StatementReferenceStore(sql);

describe.each(['force_custom_plan', 'force_generic_plan'])('of an organization that statistics do not know', (mode) => {
  beforeAll(() => client.query(`SET plan_cache_mode = ${mode}`));

  it.each<[string, (sql: Sql) => Promise<unknown>]>([
    ['registrations that have changed', (sql) => history(sql).changedRegistrations(NEW, '0', END, STEP)],
    ['a page', (sql) => history(sql).page(NEW, '0', END, STEP)],
    ['positions', positions],
    ['statements at positions', async (sql) => history(sql).at(NEW, await positions(sql))],
    ['the first of some statements', async (sql) => history(sql).first(NEW, await positions(sql), END, 1_000_000)],
    ['statements with ids', async (sql) => history(sql).withIds(NEW, await ids(sql))],
    ['a backlog', async (sql) => history(sql).backlogs(NEW, (await positions(sql)).slice(0, 1), STEP)],
    ['statements that are stored already', async (sql) => inserts(sql).known(NEW, await ids(sql))],
    ['what statements lead to', async (sql) => references(sql).linksAround(NEW, await ids(sql))],
    ['what leads to statements', async (sql) => references(sql).leadingTo(NEW, await ids(sql))],
  ])(`no statement is read again for each other one, to find %s (${mode})`, async (_, work) => {
    const { touched, found } = await rowsTouched(work);
    expect(found).toBeGreaterThan(0);
    expect(touched).toBeLessThan(ALL);
  });
});

it('a registration is found without the others, planned as projections plan', async () => {
  await client.query('BEGIN');
  const sql = { query: (text: string) => client.query(text) } as unknown as Sql;
  await history(sql).planForAnyOrganization();
  const { touched, found } = await rowsTouched((asked) => history(asked).ofRegistration(NEW, REGISTRATION));
  await client.query('ROLLBACK');
  expect(found).toBe(STATEMENTS[NEW]! / REGISTRATIONS);
  expect(touched).toBeLessThan(10 * found);
});

it('a step of a projection is planned for any organization', async () => {
  const app = await createTestApp();
  try {
    const history = app.app.get(StatementHistory, { strict: false });
    const unitOfWork = app.app.get(UnitOfWork, { strict: false });
    const sql = app.app.get(Sql, { strict: false });
    const modes: unknown[] = [];
    class Noting extends StatementProjector {
      constructor() {
        const cursors = {
          cursor: () => Promise.resolve('0'),
          lockCursor: async () => undefined,
          clear: async () => undefined,
        };
        super(unitOfWork, history, cursors);
      }
      protected override async step(): Promise<boolean> {
        modes.push(...(await sql.query('SHOW plan_cache_mode')));
        return false;
      }
    }
    await post(app, minimalStatement());
    await new Noting().catchUp(DEFAULT_ORGANIZATION_ID);
    expect(modes).toEqual([{ plan_cache_mode: 'force_generic_plan' }]);
  } finally {
    await app.close();
  }
});

it('statistics tell nothing of organizations where facts look things up', async () => {
  const { rows } = await withClient(database.ownerUrl, (owner) =>
    owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relkind = 'r' AND attname = 'organization_id' AND attstattarget = 0 ORDER BY 1`,
    ),
  );
  expect(rows.map(({ name }) => name)).toEqual(['fact_contexts', 'fact_terms', 'fact_words']);
});
