import type { Client } from 'pg';
import { withClient } from '../../src/platform/database/server.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const OURS = '00000000-0000-7000-8000-00000000000a';
const THEIRS = '00000000-0000-7000-8000-00000000000b';
const TABLES = ['organizations', 'api_keys', 'idempotency_keys', 'token_issuers', 'request_counts'];

describe('row-level security', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    for (const organization of [OURS, THEIRS]) {
      await as(organization, async (client) => {
        await client.query(`INSERT INTO organizations (organization_id, name) VALUES ($1, 'x')`, [organization]);
        await client.query(INSERT_KEY, [organization, `key-${organization}`]);
        await client.query(INSERT_ISSUER, [organization, `audience-${organization}`]);
        await client.query(`INSERT INTO request_counts VALUES ($1, 'caller', 1, now())`, [organization]);
        await client.query(
          `INSERT INTO idempotency_keys (organization_id, key, operation, request_hash) VALUES ($1, 'k', 'o', '')`,
          [organization],
        );
      });
    }
  });
  afterAll(() => database.drop());

  const INSERT_KEY = `INSERT INTO api_keys (organization_id, id, secret_hash, name, scopes, origin)
    VALUES ($1, $2, '', 'x', '{}', 'API')`;
  const INSERT_ISSUER = `INSERT INTO token_issuers (organization_id, id, name, issuer, audience, scopes, scope_prefix, trusted, enabled)
    VALUES ($1, gen_random_uuid(), 'x', 'https://issuer.example.com', $2, '{}', '', false, true)`;

  /** Runs SQL as the service does: its role, in a transaction with the setting of an organization, or with none. */
  async function as<T>(organization: string | undefined, work: (client: Client) => Promise<T>): Promise<T> {
    return withClient(database.serviceUrl, async (client) => {
      await client.query('BEGIN');
      if (organization) await client.query(`SELECT set_config('lectern.organization_id', $1, true)`, [organization]);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    });
  }

  const rowsOf = (organization: string | undefined, sql: string) =>
    as(organization, async (client) => (await client.query(sql)).rowCount);

  it('holds for the role of the service, which is no superuser', async () => {
    await as(undefined, async (client) => {
      const { rows } = await client.query<{ name: string; bound: boolean }>(
        `SELECT current_user AS name, NOT rolsuper AND NOT rolbypassrls AS bound FROM pg_roles WHERE rolname = current_user`,
      );
      expect(rows).toEqual([{ name: 'lectern_app', bound: true }]);
    });
  });

  it.each(TABLES)('hides rows of others in %s', async (table) => {
    expect(await rowsOf(OURS, `SELECT * FROM ${table}`)).toBe(1);
    expect(await rowsOf(OURS, `SELECT * FROM ${table} WHERE organization_id = '${THEIRS}'`)).toBe(0);
    expect(
      await rowsOf(OURS, `UPDATE ${table} SET organization_id = organization_id WHERE organization_id = '${THEIRS}'`),
    ).toBe(0);
    expect(await rowsOf(OURS, `DELETE FROM ${table} WHERE organization_id = '${THEIRS}'`)).toBe(0);
  });

  it.each(TABLES)('shows nothing of %s without a setting', async (table) => {
    expect(await rowsOf(undefined, `SELECT * FROM ${table}`)).toBe(0);
    expect(await rowsOf(undefined, `UPDATE ${table} SET organization_id = organization_id`)).toBe(0);
    expect(await rowsOf(undefined, `DELETE FROM ${table}`)).toBe(0);
  });

  it.each([OURS, undefined])('lets nobody write rows for others (setting: %s)', async (organization) => {
    const insertKey = as(organization, (client) => client.query(INSERT_KEY, [THEIRS, 'smuggled']));
    await expect(insertKey).rejects.toThrow(/row-level security/);
    const giveAway = as(OURS, (client) => client.query('UPDATE api_keys SET organization_id = $1', [THEIRS]));
    await expect(giveAway).rejects.toThrow(/row-level security/);
  });

  it('finds the one key that was presented, before the organization is known, and only to read it', async () => {
    await as(undefined, async (client) => {
      const found = await client.query(`SELECT organization_id FROM find_api_key('key-${THEIRS}')`);
      expect(found.rows).toEqual([{ organization_id: THEIRS }]);
      expect((await client.query('SELECT * FROM api_keys')).rowCount).toBe(0);
      await client.query(`SELECT set_config('lectern.presented_key_id', 'key-${THEIRS}', true)`);
      expect((await client.query('SELECT * FROM api_keys')).rowCount).toBe(1);
      expect((await client.query('UPDATE api_keys SET revoked_at = NULL')).rowCount).toBe(0);
      expect((await client.query('DELETE FROM api_keys')).rowCount).toBe(0);
    });
  });

  it('finds the issuers that a token names, before the organization is known, and only to read them', async () => {
    await as(undefined, async (client) => {
      const named = `find_token_issuers('https://issuer.example.com', ARRAY['audience-${THEIRS}', 'another"}'])`;
      expect((await client.query(`SELECT organization_id FROM ${named}`)).rows).toEqual([{ organization_id: THEIRS }]);
      expect((await client.query('SELECT * FROM token_issuers')).rowCount).toBe(0);
      await client.query(`SELECT set_config('lectern.presented_issuer', 'https://issuer.example.com', true)`);
      await client.query(`SELECT set_config('lectern.presented_audiences', '{audience-${THEIRS}}', true)`);
      expect((await client.query('SELECT * FROM token_issuers')).rowCount).toBe(1);
      expect((await client.query('UPDATE token_issuers SET enabled = false')).rowCount).toBe(0);
      expect((await client.query('DELETE FROM token_issuers')).rowCount).toBe(0);
    });
  });
});
