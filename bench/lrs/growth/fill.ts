/**
 * Fills a database with millions of statements within minutes: one that the service has stored is multiplied by SQL, each
 * copy with an id, a time, a learner, a verb, a course and an element of its own, and with all rows that the service would
 * write for it.
 */
import pg from 'pg';
import { identifierOf, termKey, termsOf } from '../../../modules/lrs/index.js';
import type { Actor, Statement } from '../../../modules/lrs/index.js';
import { authorityKey } from '../../../modules/lrs/xapi/terms.js';
import type { BenchService } from '../../service.js';
import { populationOf } from '../queries/population.js';
import { dropIndexes, makeIndexes } from './indexes.js';
import { idsSql, madeSql, makeKeys, statementsSql, termsSql, termsViewSql, voidingSql } from './made.js';
import { storeTemplates } from './template.js';

const LARGE_TABLES = ['statements', 'statement_ids', 'statement_terms'];
const SETTINGS = `SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'; SET synchronous_commit = off`;
const COMPARED = 50;

/** @param from when the first was stored, the last a moment ago; milliseconds since 1970 */
export async function fill({ service, authorization }: BenchService, statements: number, from: number): Promise<void> {
  const [one, other] = [0, 1].map(() => new pg.Client({ connectionString: service.database.ownerUrl })) as [
    pg.Client,
    pg.Client,
  ];
  await Promise.all([one, other].map((client) => client.connect()));
  try {
    await Promise.all([one, other].map((client) => client.query(SETTINGS)));
    await setWalSize(one, `SET max_wal_size = '8GB'`);
    await one.query('SELECT prepare_statement_partitions($1)', [new Date(from).getUTCFullYear()]);
    const templates = await storeTemplates({ url: service.url, path: '/xapi', authorization }, one);
    const authorityKeys = await authorityKeysOf(one);
    const population = populationOf(statements);
    await makeKeys(one, population);
    await one.query(madeSql(statements, population, from));
    await one.query('ANALYZE bench_made');
    await one.query(termsViewSql(authorityKeys));
    const indexes = await dropIndexes(one, LARGE_TABLES);
    await Promise.all([one.query(statementsSql(templates)), other.query(termsSql)]);
    await one.query(idsSql);
    await Promise.all([
      makeIndexes(
        one,
        indexes.filter(({ table }) => table !== 'statement_terms'),
      ),
      makeIndexes(
        other,
        indexes.filter(({ table }) => table === 'statement_terms'),
      ),
    ]);
    for (const sql of voidingSql(templates, authorityKeys)) await one.query(sql);
    await requireGenuineTerms(one);
    await one.query('DROP VIEW bench_terms');
    await one.query(
      'DROP TABLE bench_made, bench_learners, bench_verbs, bench_courses, bench_elements, bench_voidings',
    );
    await setWalSize(one, 'RESET max_wal_size');
    await one.query('VACUUM ANALYZE');
    await one.query('CHECKPOINT');
  } finally {
    await Promise.all([one, other].map((client) => client.end()));
  }
}

async function setWalSize(client: pg.Client, setting: string): Promise<void> {
  await client.query(`ALTER SYSTEM ${setting}`);
  await client.query('SELECT pg_reload_conf()');
}

/** Of the authority that the templates have: as an agent, and as an authority. */
async function authorityKeysOf(client: pg.Client): Promise<readonly [string, string]> {
  const { rows } = await client.query<{ authority: Actor }>(
    `SELECT payload -> 'authority' AS authority FROM statements LIMIT 1`,
  );
  const { authority } = rows[0]!;
  return [termKey('agent', identifierOf(authority)!), authorityKey(authority)];
}

/** @throws Error when some statements have other terms than the service would give them */
async function requireGenuineTerms(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ statement: Statement & { authority: Actor }; terms: string[] }>(
    `SELECT payload AS statement, terms
       FROM (SELECT position, array_agg(key || ' ' || narrow) AS terms FROM bench_terms WHERE nth < $1 GROUP BY position) AS made
       JOIN statements USING (position)`,
    [COMPARED],
  );
  for (const { statement, terms } of rows) {
    const genuine = [...termsOf(statement, statement.authority)].map(([key, narrow]) => `${asUuid(key)} ${narrow}`);
    if (String(terms.sort()) !== String(genuine.sort()))
      throw new Error(`Terms of a statement differ: ${statement.id}`);
  }
}

const asUuid = (key: string) => key.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
