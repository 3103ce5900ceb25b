import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { loadMigrations, migrate, migrationSource } from '../../src/platform/database/migrate.js';
import { requireRowSecurity, withClient } from '../../src/platform/database/server.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { createEmptyDatabase } from '../support/test-database.js';

/** TypeORM's list of the migrations that have run. */
const WITHOUT_TENANT = ['migrations'];

/** Who presents a key is not known before the key is found. */
const INDEXES_ACROSS_TENANTS = ['api_keys_id_key', 'token_issuers_issuer_audience_key'];

describe('the schema that the migrations make', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await createTestApp();
  });
  afterAll(() => service.close());

  const select = <Row extends object>(text: string) =>
    withClient(service.database.ownerUrl, async (client) => (await client.query<Row>(text)).rows);

  it('is the one that the entities describe', async () => {
    const { upQueries } = await service.app.get(DataSource).driver.createSchemaBuilder().log();
    expect(upQueries.map((query) => query.query)).toEqual([]);
  });

  it('gives every table an organization', async () => {
    const tables = await select<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
          AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'organization_id')`,
    );
    expect(tables.map((table) => table.name)).toEqual(WITHOUT_TENANT);
  });

  it('forces row-level security on every table with an organization', async () => {
    const open = await select(
      `SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id'
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
          AND NOT (relrowsecurity AND relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
  });

  it('puts the organization first in every primary key, unique constraint and index', async () => {
    const others = await select<{ index: string }>(
      `SELECT i.indexrelid::regclass::text AS index FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
        WHERE c.relnamespace = 'public'::regnamespace AND i.indkey[0] <> a.attnum`,
    );
    expect(others.map((other) => other.index)).toEqual(INDEXES_ACROSS_TENANTS);
  });
});

describe('migrating', () => {
  it('can be done by several processes at once', async () => {
    const database = await createEmptyDatabase();
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    const rows = await withClient(
      database.url,
      async (client) => (await client.query('SELECT FROM migrations')).rowCount,
    );
    expect(rows).toBe((await loadMigrations()).length);
    await database.drop();
  });

  it('can be undone and done again', async () => {
    const database = await createEmptyDatabase();
    await migrate(database.url);
    const source = await (await migrationSource(database.url)).initialize();
    for (let left = (await loadMigrations()).length; left > 0; left -= 1) await source.undoLastMigration();
    await source.destroy();
    const tables = await withClient(database.url, (client) =>
      client.query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`),
    );
    expect(tables.rows).toEqual([{ relname: 'migrations' }]);
    await migrate(database.url);
    await database.drop();
  });
});

describe('a database whose row-level security does not bind the service', () => {
  it('is refused, with the tables named', async () => {
    const database = await createEmptyDatabase();
    await withClient(database.url, (client) => client.query('CREATE TABLE notes (organization_id uuid NOT NULL)'));
    await expect(requireRowSecurity(database.url)).rejects.toThrow(
      'Row-level security is not active for the database user on: notes.',
    );
    await database.drop();
  });
});
