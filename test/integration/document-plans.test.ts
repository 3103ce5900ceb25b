import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CatalogStore } from '../../modules/lrs/catalog/catalog.store.js';
import { DocumentStore } from '../../modules/lrs/documents/document.store.js';
import type { Sql } from '../../src/platform/database/sql.js';
import { withClient } from '../../src/platform/database/server.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const ORGANIZATION = '00000000-0000-7000-8000-00000000000a';
const ROWS = 20_000;

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.serviceUrl });
  await client.connect();
  await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [ORGANIZATION]);
  await client.query(
    `INSERT INTO documents (organization_id, agent_key, activity_key, key, id, content_type, etag, content, updated)
     SELECT $1, md5('agent ' || i % 2000)::uuid, md5('activity ' || i % 10)::uuid, md5(i::text)::uuid, to_json(i), '', '', '', now()
       FROM generate_series(1, $2::int) AS i`,
    [ORGANIZATION, ROWS],
  );
  await client.query(
    `INSERT INTO definitions (organization_id, key, definition) SELECT $1, md5(i::text)::uuid, '{}' FROM generate_series(1, $2::int) AS i`,
    [ORGANIZATION, ROWS],
  );
  await client.query(
    `INSERT INTO agent_names (organization_id, agent_key, key, name)
     SELECT $1, md5(i::text)::uuid, md5(i::text)::uuid, to_json(i::text) FROM generate_series(1, $2::int) AS i`,
    [ORGANIZATION, ROWS],
  );
  await withClient(database.ownerUrl, (owner) => owner.query('ANALYZE documents, definitions, agent_names'));
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** The lines of the plans of everything that the work asks. */
async function plansOf(work: (sql: Sql) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  const explaining = {
    async query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, [...parameters]);
      plans.push(...rows.map((row) => row['QUERY PLAN']));
      return [];
    },
  };
  await work(explaining as unknown as Sql);
  return plans.join('\n');
}

const AGENT = '0'.repeat(32);
const state = { agentKey: AGENT, activityId: 'http://example.com/one' };
const address = { ...state, id: 'bookmark' };

describe('without a scan of the whole table', () => {
  it.each<[string, string, (store: DocumentStore) => Promise<unknown>]>([
    ['a document is found', 'documents_pkey', (store) => store.find(ORGANIZATION, address)],
    ['a document is found for a change', 'documents_pkey', (store) => store.headForUpdate(ORGANIZATION, address)],
    ['a document is deleted', 'documents_pkey', (store) => store.delete(ORGANIZATION, address)],
    ['documents of a place are listed', 'documents_pkey', (store) => store.ids(ORGANIZATION, state, new Date(0))],
    ['documents of a place are deleted', 'documents_pkey', (store) => store.deleteAll(ORGANIZATION, state)],
    [
      'documents of a registration are listed',
      'documents_pkey',
      (store) => store.ids(ORGANIZATION, { ...state, registration: ORGANIZATION }, undefined),
    ],
    [
      'profiles of an activity are listed',
      'documents_pkey',
      (store) => store.ids(ORGANIZATION, { activityId: 'http://example.com/one' }, undefined),
    ],
    ['documents of a person are listed', 'documents_pkey', (store) => store.ofAgent(ORGANIZATION, AGENT)],
  ])('%s', async (_, index, work) => {
    const plan = await plansOf((sql) => work(new DocumentStore(sql)));
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  });

  it('definitions of a page are found', async () => {
    const plan = await plansOf((sql) => new CatalogStore(sql).definitions(ORGANIZATION, [AGENT, ORGANIZATION]));
    expect(plan).toContain('definitions_pkey');
    expect(plan).not.toContain('Seq Scan');
  });

  it('names of an agent are found', async () => {
    const plan = await plansOf((sql) => new CatalogStore(sql).names(ORGANIZATION, [AGENT]));
    expect(plan).toContain('agent_names_pkey');
    expect(plan).not.toContain('Seq Scan');
  });
});
